package dev.signet.jwt.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Members while they are collected. */
final class JsonMembers {
    private static final int SEARCHED_LINEARLY = 16;
    private static final int USUAL_MEMBERS = 10;

    private @Nullable Object[] members = new Object[2 * USUAL_MEMBERS];
    private int size;
    private long filter;
    private @Nullable Set<Object> seen;

    /**
     * One of 64 bits for a name. Where the bit of a name is in no other's place the name is not there, and none needs
     * to be compared: most claims have three letters, and would all be.
     */
    static long bit(String name) {
        int length = name.length();
        return length == 0 ? 1 : 1L << (name.charAt(0) * 7 + name.charAt(length - 1) * 3 + length);
    }

    /** Adds a member, unless there is one of that name already. */
    boolean add(String name, Object value) {
        if (!isNew(name)) {
            return false;
        }
        if (2 * size == members.length) {
            members = Arrays.copyOf(members, 4 * size);
        }
        filter |= bit(name);
        members[2 * size] = name;
        members[2 * size + 1] = value;
        size++;
        return true;
    }

    private boolean isNew(String name) {
        if (size >= SEARCHED_LINEARLY) {
            return namesSeen().add(name);
        }
        if ((filter & bit(name)) == 0) {
            return true;
        }
        for (int at = 0; at < 2 * size; at += 2) {
            if (name.equals(members[at])) {
                return false;
            }
        }
        return true;
    }

    private Set<Object> namesSeen() {
        Set<Object> names = seen;
        if (names == null) {
            names = new HashSet<>();
            for (int at = 0; at < 2 * size; at += 2) {
                names.add(members[at]);
            }
            seen = names;
        }
        return names;
    }

    /** The object; nothing may be added afterwards. */
    JsonObject toObject() {
        return size == 0 ? JsonObject.empty() : new JsonObject(members, size, filter);
    }
}

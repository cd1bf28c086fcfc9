package dev.signet.authorizationserver.resourceowner;

/** Thrown when an account would get the username of another. */
public final class UsernameTaken extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Says which. */
    public UsernameTaken(Username username) {
        super("username " + username + " is that of another account");
    }
}

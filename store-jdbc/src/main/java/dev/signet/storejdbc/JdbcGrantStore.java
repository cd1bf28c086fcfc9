package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.GrantRevocation;
import dev.signet.authorizationserver.store.GrantStore;
import dev.signet.authorizationserver.store.JwtIdDigest;
import dev.signet.authorizationserver.store.Presented;
import dev.signet.authorizationserver.store.Redeemable;
import dev.signet.authorizationserver.store.Redemption;
import dev.signet.authorizationserver.store.RedemptionOutcome;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps grants by rows (RFC 6749 §4.1.2, §6). Whatever is done about a grant begins by locking its row, and holds that until the
 * transaction ends: then it is done alone, and sees all that was done before.
 */
final class JdbcGrantStore implements GrantStore {

    private static final String INSERT = "INSERT INTO signet_grant"
            + " (id, party_digest, granted, code_digest, code_expires_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)";

    private static final String BY_CODE =
            "SELECT id, granted, code_expires_at, code_used_at FROM signet_grant WHERE code_digest = ?";

    private static final String BY_REFRESH_TOKEN = "SELECT g.id, g.granted, r.expires_at, r.used_at"
            + " FROM signet_refresh_token r JOIN signet_grant g ON g.id = r.grant_id WHERE r.digest = ?";

    private static final String LOCK = "SELECT code_used_at FROM signet_grant WHERE id = ? FOR UPDATE";

    private static final String LOCK_ALL = "SELECT id FROM signet_grant WHERE party_digest = ? ORDER BY id FOR UPDATE";

    private static final String LIVE = "SELECT digest, expires_at FROM signet_granted_token"
            + " WHERE grant_id = ? AND expires_at > ? ORDER BY digest";

    private final Database database;
    private final Clock clock;

    JdbcGrantStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<ReplayKey> put(StoredGrant grant, TokenDigest code, Instant codeExpiresAt, List<SingleUse> uses) {
        String granted = GrantJson.write(grant);
        return UsedJwts.recordWithStatement(
                database, "keep a grant", UsedJwts.rows(uses), clock.instant().getEpochSecond(), connection -> {
                    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                        insert.setString(1, grant.id().value());
                        insert.setBytes(2, party(grant.clientId(), grant.subject()));
                        insert.setString(3, granted);
                        insert.setBytes(4, code.toBytes());
                        insert.setLong(5, UsedJwts.secondsUp(codeExpiresAt));
                        insert.setLong(6, UsedJwts.secondsUp(codeExpiresAt));
                        insert.executeUpdate();
                    }
                });
    }

    private static byte[] party(ClientId clientId, String subject) {
        return RowDigest.of(clientId.value(), subject);
    }

    @Override
    public Optional<Redeemable> findCode(TokenDigest code) {
        return find("look up a code", BY_CODE, code);
    }

    @Override
    public Optional<Redeemable> findRefreshToken(TokenDigest refreshToken) {
        return find("look up a refresh token", BY_REFRESH_TOKEN, refreshToken);
    }

    private Optional<Redeemable> find(String what, String query, TokenDigest digest) {
        return database.once(what, connection -> {
            try (PreparedStatement select = connection.prepareStatement(query)) {
                select.setBytes(1, digest.toBytes());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(redeemable(row)) : Optional.empty();
                }
            }
        });
    }

    private static Redeemable redeemable(ResultSet row) throws SQLException {
        return new Redeemable(
                GrantJson.read(new JwtId(row.getString(1)), row.getString(2)),
                Instant.ofEpochSecond(row.getLong(3)),
                time(row, 4));
    }

    private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    @Override
    public RedemptionOutcome redeem(Redemption redemption) {
        List<UsedJwts.Row> uses = UsedJwts.rows(redemption.uses());
        long now = clock.instant().getEpochSecond();
        return database.atomically("redeem a code or refresh token", connection -> {
            Optional<RedemptionOutcome> refused = refused(connection, redemption, uses, now);
            if (refused.isPresent()) {
                connection.rollback();
                return refused.get();
            }
            new RedemptionRows(connection, redemption).write();
            return new RedemptionOutcome.Done();
        });
    }

    private static Optional<RedemptionOutcome> refused(
            Connection connection, Redemption redemption, List<UsedJwts.Row> uses, long now) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, redemption.grantId().value());
            try (ResultSet row = lock.executeQuery()) {
                if (!row.next()) {
                    return Optional.of(new RedemptionOutcome.Revoked());
                }
                Optional<Instant> usedAt = time(row, 1);
                if (!(redemption.presented() instanceof Presented.Code)) {
                    Optional<Optional<Instant>> refreshToken = refreshTokenUse(connection, redemption);
                    if (refreshToken.isEmpty()) {
                        return Optional.of(new RedemptionOutcome.Revoked());
                    }
                    usedAt = refreshToken.get();
                }
                if (!usedAt.map(redemption.presented()::isUsableAgain).orElse(true)) {
                    return Optional.of(new RedemptionOutcome.Used());
                }
            }
        }
        return UsedJwts.record(connection, uses, now).map(RedemptionOutcome.Replayed::new);
    }

    /** When the refresh token was used, if it was; empty if there is none. */
    private static Optional<Optional<Instant>> refreshTokenUse(Connection connection, Redemption redemption)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT used_at FROM signet_refresh_token WHERE digest = ? AND grant_id = ?")) {
            select.setBytes(1, redemption.presented().digest().toBytes());
            select.setString(2, redemption.grantId().value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(time(row, 1)) : Optional.empty();
            }
        }
    }

    @Override
    public GrantRevocation revoke(JwtId grantId, List<SingleUse> uses) {
        List<UsedJwts.Row> rows = UsedJwts.rows(uses);
        Instant now = clock.instant();
        return database.atomically("revoke a grant", connection -> {
            boolean there = lock(connection, grantId);
            Optional<ReplayKey> used = UsedJwts.record(connection, rows, now.getEpochSecond());
            if (used.isPresent()) {
                connection.rollback();
                return GrantRevocation.refused(used.get());
            }
            List<String> ids = there ? List.of(grantId.value()) : List.of();
            return GrantRevocation.of(revoke(connection, ids, now));
        });
    }

    private static boolean lock(Connection connection, JwtId grantId) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, grantId.value());
            try (ResultSet row = lock.executeQuery()) {
                return row.next();
            }
        }
    }

    @Override
    public List<RevokedToken> revokeAll(ClientId clientId, String subject) {
        Instant now = clock.instant();
        return database.atomically("revoke what a subject granted", connection -> {
            List<String> ids = new ArrayList<>();
            try (PreparedStatement lock = connection.prepareStatement(LOCK_ALL)) {
                lock.setBytes(1, party(clientId, subject));
                try (ResultSet row = lock.executeQuery()) {
                    while (row.next()) {
                        ids.add(row.getString(1));
                    }
                }
            }
            return revoke(connection, ids, now);
        });
    }

    /** The access tokens come last, as others who revoke wait from there to the commit. */
    private static List<RevokedToken> revoke(Connection connection, List<String> ids, Instant now) throws SQLException {
        List<RevokedToken> accessTokens = new ArrayList<>();
        for (String id : ids) {
            accessTokens.addAll(live(connection, id, now));
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM signet_grant WHERE id = ?")) {
                delete.setString(1, id);
                delete.executeUpdate();
            }
        }
        for (RevokedToken token : accessTokens) {
            JdbcRevokedTokens.insert(connection, token);
        }
        return accessTokens;
    }

    private static List<RevokedToken> live(Connection connection, String id, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LIVE)) {
            select.setString(1, id);
            select.setLong(2, now.getEpochSecond());
            try (ResultSet row = select.executeQuery()) {
                List<RevokedToken> live = new ArrayList<>();
                while (row.next()) {
                    live.add(new RevokedToken(
                            JwtIdDigest.parse(row.getBytes(1)), Instant.ofEpochSecond(row.getLong(2))));
                }
                return live;
            }
        }
    }
}

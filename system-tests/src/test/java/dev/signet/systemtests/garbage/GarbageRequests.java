package dev.signet.systemtests.garbage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Seeded requests that are wrong in one or several ways; the same seed gives the same bytes. */
final class GarbageRequests {

    private static final String[] METHODS = {
        "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW", "get", "P\u00d6ST"
    };
    private static final String[] PATHS = {
        "/token",
        "/introspect",
        "/revoke",
        "/jwks",
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration",
        "/health/live",
        "/health/ready",
        "/",
        "/nothing",
        "/token/",
        "/%2e%2e/token",
        "/token;x=1",
        "//token",
        "/token?grant_type=client_credentials&client_secret=x",
        "/%00",
        "/%zz"
    };
    private static final String[] TYPES = {
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
        "a/b/c",
        ";;;",
        ""
    };
    private static final String[] NAMES = {
        "grant_type",
        "token",
        "token_type_hint",
        "client_id",
        "client_secret",
        "client_assertion",
        "client_assertion_type",
        "assertion",
        "scope",
        "resource",
        "unknown"
    };
    private static final String[] VALUES = {
        "client_credentials",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "reporter",
        "eyJhbGciOiJub25lIn0.e30.",
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJyZXBvcnRlciIsInN1YiI6InJlcG9ydGVyIn0.AAAA",
        "a.b.c",
        "....",
        "%00",
        "%ff%fe",
        "%C0%AF",
        "%zz",
        "'%20OR%201=1--",
        "%3Cscript%3E",
        "%0d%0aSet-Cookie:x",
        "",
        "https://api.example.com/orders",
        "orders.read%20orders.read",
        "%22"
    };
    private static final String[] AUTHORIZATIONS = {
        "Basic",
        "Basic ",
        "Basic !!!",
        "Basic cmVwb3J0ZXI6eA==",
        "Basic Og==",
        "Bearer x",
        "basic cmVwb3J0ZXI6JXp6",
        "\u0001",
        "Basic \u00ff"
    };

    /** One request: its bytes, whether its answer has no body, and whether nothing can follow it on its connection. */
    record Garbage(byte[] bytes, boolean head, boolean last) {}

    private final Random random;

    GarbageRequests(long seed) {
        this.random = new Random(seed);
    }

    /** The next request, ready to be written to a connection. */
    Garbage next() {
        if (random.nextInt(20) == 0) {
            return new Garbage(noise(), false, true);
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        String method = random.nextInt(3) == 0 ? one(METHODS) : "POST";
        String path = random.nextInt(3) == 0 ? one(PATHS) : "/token";
        byte[] body = body();
        write(request, method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n");
        write(request, "Content-Type: " + (random.nextInt(4) == 0 ? one(TYPES) : TYPES[0]) + "\r\n");
        if (random.nextInt(4) == 0) {
            write(request, "Authorization: " + one(AUTHORIZATIONS) + "\r\n");
        }
        if (random.nextInt(50) == 0) {
            write(request, "X-Long: " + "x".repeat(random.nextInt(20_000)) + "\r\n");
        }
        write(request, "Content-Length: " + body.length + "\r\n\r\n");
        request.writeBytes(body);
        return new Garbage(request.toByteArray(), method.equals("HEAD"), false);
    }

    /** A request head that promises ten megabytes; the body is to be sent after it, as far as the server reads it. */
    static byte[] hugeHead() {
        return ("POST /token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + TYPES[0]
                        + "\r\nContent-Length: 10485760\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] body() {
        switch (random.nextInt(8)) {
            case 0:
                byte[] noise = new byte[random.nextInt(2_000)];
                random.nextBytes(noise);
                return noise;
            case 1:
                return new byte[0];
            case 2:
                return ("grant_type=" + "x".repeat(random.nextInt(70_000))).getBytes(StandardCharsets.ISO_8859_1);
            default:
                return form();
        }
    }

    private byte[] form() {
        StringBuilder form = new StringBuilder("grant_type=client_credentials");
        int pairs = random.nextInt(12);
        for (int i = 0; i < pairs; i++) {
            form.append('&').append(one(NAMES)).append('=').append(one(VALUES));
        }
        return form.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(400)];
        random.nextBytes(noise);
        return noise;
    }

    private String one(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static void write(ByteArrayOutputStream to, String text) {
        to.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}

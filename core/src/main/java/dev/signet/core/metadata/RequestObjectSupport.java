package dev.signet.core.metadata;

import dev.signet.jwt.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What an authorization server publishes about request objects (RFC 9101 §9.2, §10.5, OpenID Connect Discovery 1.0 §3). Those that
 * are pushed are taken wherever those by value are (RFC 9126 §3), and the {@code request_uri} of a pushed request is taken wherever
 * there is an endpoint to push to. Immutable.
 */
public final class RequestObjectSupport {

    private static final String BY_VALUE = "request_parameter_supported";
    private static final String BY_REFERENCE = "request_uri_parameter_supported";
    private static final String REGISTRATION = "require_request_uri_registration";
    private static final String REQUIRED = "require_signed_request_object";
    private static final String SIGNING = "request_object_signing_alg_values_supported";
    private static final String KEY_MANAGEMENT = "request_object_encryption_alg_values_supported";
    private static final String ENCRYPTION = "request_object_encryption_enc_values_supported";

    private final boolean byValue;
    private final boolean byReference;
    private final boolean registration;
    private final boolean required;
    private final List<String> signing;
    private final List<String> keyManagement;
    private final List<String> encryption;

    private RequestObjectSupport(Builder builder) {
        this.byValue = builder.byValue;
        this.byReference = builder.byReference;
        this.registration = builder.registration;
        this.required = builder.required;
        this.signing = builder.signing;
        this.keyManagement = builder.keyManagement;
        this.encryption = builder.encryption;
    }

    /** Starts that of a server that takes none. */
    public static Builder builder() {
        return new Builder();
    }

    /** A server that takes none. */
    static RequestObjectSupport none() {
        return builder().build();
    }

    /** What a document says, with the defaults of what it leaves out. */
    static RequestObjectSupport read(JsonObject json) {
        Builder read = builder();
        read.byValue = json.findBoolean(BY_VALUE).orElse(false);
        read.byReference = json.findBoolean(BY_REFERENCE).orElse(true);
        read.registration = json.findBoolean(REGISTRATION).orElse(false);
        read.required = json.findBoolean(REQUIRED).orElse(false);
        read.signing = json.findStrings(SIGNING).orElse(List.of());
        read.keyManagement = json.findStrings(KEY_MANAGEMENT).orElse(List.of());
        read.encryption = json.findStrings(ENCRYPTION).orElse(List.of());
        return new RequestObjectSupport(read);
    }

    /** Everything that has a default is written, so that nobody has to know it. */
    void write(JsonObject.Builder json) {
        json.put(BY_VALUE, byValue)
                .put(BY_REFERENCE, byReference)
                .put(REGISTRATION, registration)
                .put(REQUIRED, required);
        writeList(json, SIGNING, signing);
        writeList(json, KEY_MANAGEMENT, keyManagement);
        writeList(json, ENCRYPTION, encryption);
    }

    private static void writeList(JsonObject.Builder json, String name, List<String> values) {
        if (!values.isEmpty()) {
            json.put(name, values);
        }
    }

    /** Whether there is any. */
    boolean isSome() {
        return byValue || byReference;
    }

    /** {@code request_parameter_supported}: whether they are taken by value. */
    public boolean requestParameterSupported() {
        return byValue;
    }

    /** {@code request_uri_parameter_supported}: whether they are fetched from where the client keeps them. */
    public boolean requestUriParameterSupported() {
        return byReference;
    }

    /** {@code require_request_uri_registration}: whether they are fetched from registered places only. */
    public boolean requireRequestUriRegistration() {
        return registration;
    }

    /** {@code require_signed_request_object}: whether no authorization request is taken without one. */
    public boolean requireSignedRequestObject() {
        return required;
    }

    /** {@code request_object_signing_alg_values_supported}; a server may leave it out. */
    public List<String> signingAlgValuesSupported() {
        return signing;
    }

    /** {@code request_object_encryption_alg_values_supported}. */
    public List<String> encryptionAlgValuesSupported() {
        return keyManagement;
    }

    /** {@code request_object_encryption_enc_values_supported}. */
    public List<String> encryptionEncValuesSupported() {
        return encryption;
    }

    /** How they are taken. */
    @Override
    public String toString() {
        return "RequestObjectSupport[byValue=" + byValue + ", byReference=" + byReference + ", required=" + required
                + "]";
    }

    /** Collects what is published. {@link #build()} reports all that contradicts itself at once. */
    public static final class Builder {

        private boolean byValue;
        private boolean byReference;
        private boolean registration;
        private boolean required;
        private List<String> signing = List.of();
        private List<String> keyManagement = List.of();
        private List<String> encryption = List.of();

        private Builder() {}

        /** {@code request_parameter_supported}; false unless set. */
        public Builder requestParameterSupported(boolean supported) {
            byValue = supported;
            return this;
        }

        /** {@code request_uri_parameter_supported}; false unless set. */
        public Builder requestUriParameterSupported(boolean supported) {
            byReference = supported;
            return this;
        }

        /** {@code require_request_uri_registration}; false unless set. */
        public Builder requireRequestUriRegistration(boolean demanded) {
            registration = demanded;
            return this;
        }

        /** {@code require_signed_request_object}; false unless set. */
        public Builder requireSignedRequestObject(boolean demanded) {
            required = demanded;
            return this;
        }

        /** {@code request_object_signing_alg_values_supported}; due if they are taken in either way. */
        public Builder signingAlgValuesSupported(List<String> algorithms) {
            signing = List.copyOf(algorithms);
            return this;
        }

        /**
         * In what they may be encrypted.
         *
         * @param algorithms {@code request_object_encryption_alg_values_supported}
         * @param contents {@code request_object_encryption_enc_values_supported}; due if there is one of the others
         */
        public Builder encryptionValuesSupported(List<String> algorithms, List<String> contents) {
            keyManagement = List.copyOf(algorithms);
            encryption = List.copyOf(contents);
            return this;
        }

        /**
         * What is published.
         *
         * @throws IllegalArgumentException naming every member that is missing or contradicts another
         */
        public RequestObjectSupport build() {
            List<String> faults = new ArrayList<>();
            boolean taken = byValue || byReference;
            require(faults, taken == !signing.isEmpty(), SIGNING + " must be given exactly if they are taken");
            require(faults, taken || keyManagement.isEmpty(), KEY_MANAGEMENT + " is given, though none are taken");
            require(
                    faults,
                    keyManagement.isEmpty() == encryption.isEmpty(),
                    ENCRYPTION + " must be given exactly if " + KEY_MANAGEMENT + " is");
            require(faults, taken || !required, REQUIRED + " is set, though none are taken");
            require(faults, byReference || !registration, REGISTRATION + " is set, though none are fetched");
            require(faults, !signing.contains("none"), SIGNING + " must not hold none");
            for (List<String> values : List.of(signing, keyManagement, encryption)) {
                require(faults, new HashSet<>(values).size() == values.size(), "a value is named twice");
            }
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("metadata of request objects: " + String.join("; ", faults));
            }
            return new RequestObjectSupport(this);
        }

        private static void require(List<String> faults, boolean holds, String fault) {
            if (!holds) {
                faults.add(fault);
            }
        }
    }
}

package dev.signet.authorizationserver.rule;

import dev.signet.authorizationserver.registry.RequestedTarget;

/** The rules about what is asked for, and where. */
final class TargetRules {

    private TargetRules() {}

    static void requireResources(Draft draft) {
        draft.resources = draft.targets.several(RequestedTarget.read(draft.parameters()), draft.client()::permits);
    }

    static void requireScopes(Draft draft) {
        draft.scope = draft.targets.scope(
                RequestedTarget.read(draft.parameters()), draft.client().scope(), draft.resources);
    }
}

package io.centurions.runtime.think;

/**
 * A configuration names an address or a key that its company may not use for a model: it was published before
 * the installation's settings changed, or a name leads somewhere else by now. The message may be logged.
 */
public final class ModelNotAllowed extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    ModelNotAllowed(String fault) {
        super(fault);
    }
}

package io.centurions.sandbox.phone;

/** The phone cannot do what was asked; answered with the status and the sentence. */
public final class PhoneRefusal extends RuntimeException {

    private final int status;

    public PhoneRefusal(int status, String why) {
        super(why);
        this.status = status;
    }

    int status() {
        return status;
    }
}

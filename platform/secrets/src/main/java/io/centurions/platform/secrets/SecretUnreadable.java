package io.centurions.platform.secrets;

/** A secret that something refers to cannot be read now. Says where it lies and why, never what it is. */
public class SecretUnreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SecretUnreadable(VaultReference where, String why) {
        super("the secret " + where + " cannot be read: " + why);
    }
}

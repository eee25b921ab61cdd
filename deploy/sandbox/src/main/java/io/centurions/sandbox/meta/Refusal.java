package io.centurions.sandbox.meta;

/**
 * Why a request is refused.
 *
 * @param subcode null where none is known
 * @param title   what a developer reads; never part of the contract
 */
record Refusal(int code, Integer subcode, String message, String title) {

    static Refusal of(int code, Integer subcode, String message) {
        return new Refusal(code, subcode, message, message);
    }

    /** An event that breaks the contract; its field is named for the developer. */
    static Refusal event(Integer subcode, String title) {
        return new Refusal(100, subcode, "Invalid parameter", title);
    }
}

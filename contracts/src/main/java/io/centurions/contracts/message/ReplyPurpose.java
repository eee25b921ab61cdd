package io.centurions.contracts.message;

/** Why a reply is sent. A turn sends at most one of each purpose. */
public enum ReplyPurpose {
    ANSWER,
    COURTESY,
    HANDOVER,
    NOTICE,
    FOLLOW_UP,
    FIRST_CONTACT,
    OTHER
}

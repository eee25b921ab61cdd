package io.centurions.backoffice.people;

/** What the audit trail keeps of a person: nothing that tells who it is but the id beside it. */
record KeptPerson(String role, String status, int version) {

    static KeptPerson of(PersonView person) {
        return new KeptPerson(person.role(), person.status(), person.version());
    }
}

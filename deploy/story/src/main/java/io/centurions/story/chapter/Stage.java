package io.centurions.story.chapter;

import io.centurions.story.tell.Patience;
import io.centurions.story.tell.Teller;
import io.centurions.story.world.Backoffice;
import io.centurions.story.world.Outside;

/**
 * Where the story is played: the teller, both doors, and what the first chapter has set up.
 *
 * @param patience how long anything may take
 * @param set      the company and what belongs to it
 */
public record Stage(
        Teller teller,
        Script script,
        Patience patience,
        Backoffice owner,
        Backoffice visitor,
        Outside outside,
        Company set) {

    /**
     * The company of this run.
     *
     * @param whatsapp  account of the instance at Evolution
     * @param telegram  the bot's account
     * @param instagram the account's id
     * @param dataset   where Meta takes its conversions
     */
    public record Company(
            String id,
            String schema,
            String whatsapp,
            String telegram,
            String instagram,
            String dataset,
            String formKey,
            String template) {}
}

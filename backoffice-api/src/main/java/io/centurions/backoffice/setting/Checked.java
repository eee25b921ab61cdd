package io.centurions.backoffice.setting;

import java.util.List;

/** A kind of setting: what its annotations cannot say about it, it says here. */
public interface Checked {

    /** Everything that is wrong with it as a whole; empty: it may be stored. */
    List<Finding> findings();

    /** Names of the company's secrets that it uses; each must be there when it is stored. */
    default List<String> secretNames() {
        return List.of();
    }
}

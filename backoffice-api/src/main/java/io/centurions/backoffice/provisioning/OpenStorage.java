package io.centurions.backoffice.provisioning;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.tenancy.Person;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/** The company's part of the storage of files. Opened again, it stays as it is. */
@ApplicationScoped
class OpenStorage implements Step {

    private final Storage storage;

    OpenStorage(Storage storage) {
        this.storage = storage;
    }

    @Override
    public String name() {
        return "storage";
    }

    @Override
    public void reach(CompanyId company) {
        storage.open(company);
    }

    @Override
    public void run(Tx tx, Person startedBy) {
        // The database keeps of it that it is done.
    }
}

package io.centurions.autentique.autentique;

/** The GraphQL documents that we send. Fields that would bring personal data (address, position, tax number) are not asked. */
final class Documents {

    static final String CREATE = """
            mutation CreateDocument($document: DocumentInput!, $signers: [SignerInput!]!, $file: Upload!, $sandbox: Boolean) {
              createDocument(document: $document, signers: $signers, file: $file, sandbox: $sandbox) { id name created_at }
            }""";

    /** showSandbox: sandbox documents are hidden from lists otherwise, and would be made again. */
    static final String FIND = """
            query($name: String) {
              documents(name: $name, limit: 10, page: 1, showSandbox: true) { total data { id name created_at } }
            }""";

    static final String LOOK = """
            query Doc($id: UUID!) {
              document(id: $id) {
                id name created_at deadline_at deleted_at
                signatures {
                  public_id name email action { name } link { short_link } user { name email }
                  viewed { created_at } signed { created_at } rejected { created_at reason }
                }
              }
            }""";

    /** Deleting alone does not stop those who have the link; a deadline that has passed does. */
    static final String BLOCK = """
            mutation($id: UUID!, $document: UpdateDocumentInput!) {
              updateDocument(id: $id, document: $document) { id deadline_at }
            }""";

    static final String DELETE = "mutation($id: UUID!) { deleteDocument(id: $id) }";

    private Documents() {}
}

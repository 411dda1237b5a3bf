package io.sallyport.connect.server.proto;

/**
 * The whole table: what a client may send, line by line, and what is refused by name. The tables
 * read like a specification, a line an entry, the reason at its end; what no line names is refused
 * as well.
 */
final class AdmittedProtos {

  private AdmittedProtos() {}

  static ProtoTable table() {
    ProtoTable.Builder table = new ProtoTable.Builder();
    AdmittedRequests.addTo(table);
    AdmittedCalls.addTo(table);
    AdmittedRelations.addTo(table);
    AdmittedExpressions.addTo(table);
    AdmittedTypes.addTo(table);
    RefusedRequests.addTo(table);
    RefusedRelations.addTo(table);
    RefusedExpressions.addTo(table);
    AdmittedCatalog.addTo(table);
    RefusedCatalog.addTo(table);
    return table.build();
  }
}

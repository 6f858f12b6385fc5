/// Finds changes by cluster, by who asked and by failure, the entries about a change, and those about none.
enum Migration0013: Migration {
    static let name = "0013 the history for people"
    static let sql = """
        CREATE INDEX change_of_cluster ON change (cluster, id);
        CREATE INDEX change_of_person ON change (person, id) WHERE person IS NOT NULL;
        CREATE INDEX change_failed ON change (id) WHERE state = 'failed';
        CREATE INDEX history_of_change ON history (change, seq) WHERE change IS NOT NULL;
        CREATE INDEX history_of_none_of_cluster ON history (cluster, seq) WHERE change IS NULL AND cluster IS NOT NULL;
        CREATE INDEX history_of_none ON history (seq) WHERE change IS NULL;
        """
}

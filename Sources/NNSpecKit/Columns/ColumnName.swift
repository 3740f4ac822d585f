/// What the name of a column says.
enum ColumnName {
    /// Whether it is what people call a column that only tells rows apart.
    static func isOfID(_ written: String) -> Bool {
        let name = written.lowercased()
        return ["", "id", "index", "idx", "row", "no", "nr", "uuid", "key", "rownames"].contains(name) || name.hasPrefix("unnamed")
            || name.hasSuffix("_id") || name.hasSuffix(" id") || written.hasSuffix("Id") || written.hasSuffix("ID")
    }
}

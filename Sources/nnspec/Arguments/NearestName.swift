/// The known name that a mistyped one most likely meant.
enum NearestName {
    /// nil if none is within a third of its length (at least two slips). Ties go to the first.
    static func of(_ written: String, among names: [String]) -> String? {
        guard written.utf8.count <= 64 else { return nil }
        var best: (name: String, distance: Int)?
        for name in names {
            let distance = distance(Array(written.utf8), Array(name.utf8))
            if distance <= max(2, name.utf8.count / 3), distance < best?.distance ?? Int.max, distance < name.utf8.count { best = (name, distance) }
        }
        return best?.name
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var rows = [Array(0...b.count)]
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}

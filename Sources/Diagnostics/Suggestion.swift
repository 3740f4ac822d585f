/// Spelling help: the legal name a person most likely meant.
public enum Suggestion {
    /// The name nearest to a text, or nil if none is near enough. Of equals the first.
    ///
    /// Upper and lower case, `-`, `_` and blanks are forgiven; else one mistake in three characters, transpositions counting as one.
    public static func nearest(_ text: String, among names: [String]) -> String? {
        let wanted = plain(text)
        guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
        let limit = max(1, wanted.count / 3)
        var best: (name: String, distance: Int)?
        for name in names {
            let candidate = plain(name)
            guard abs(candidate.count - wanted.count) <= limit else { continue }
            let found = distance(wanted, candidate)
            if found <= limit, found < candidate.count, found < best?.distance ?? Int.max { best = (name, found) }
        }
        return best?.name
    }

    /// Lower case letters and digits, without separators.
    private static func plain(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.compactMap { scalar in
            if scalar == "-" || scalar == "_" || scalar == " " { return nil }
            return ("A"..."Z").contains(scalar) ? Unicode.Scalar(scalar.value + 32) : scalar
        }
    }

    /// Edits, deletions, insertions and swaps of neighbours that turn one text into the other (optimal string alignment).
    static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}

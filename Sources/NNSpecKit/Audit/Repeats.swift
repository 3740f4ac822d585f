import Datasets
import Diagnostics

/// Columns that say the same, and rows that stand in two parts.
enum Repeats {
    /// A feature that has the values of an earlier one in every row, and not always the same.
    static func columns(_ features: [TableColumn], _ table: DataTable) -> [Diagnostic] {
        var first: [UInt64: [TableColumn]] = [:]
        var findings: [Diagnostic] = []
        for column in features where (1..<max(table.rows, 1)).contains(where: { code(column, $0) != code(column, 0) }) {
            var hash = Hash()
            for row in 0..<table.rows { hash.add(code(column, row)) }
            if let twin = first[hash.value]?.first(where: { isSame($0, column, rows: table.rows) }) {
                findings.append(.sameColumns(table, twin, column))
            } else {
                first[hash.value, default: []].append(column)
            }
        }
        return findings
    }

    /// Rows of validation and test whose features and target also stand in the training part.
    static func rows(_ data: ExaminedData) -> [Diagnostic] {
        let train = data.parts[0]
        guard data.parts.count > 1 else { return [] }
        let hashes = CellHashes(train.table)
        var known: [UInt64: Int32] = [:]
        for row in train.rows { known[hashes.row(row)] = known[hashes.row(row)] ?? row }
        return data.parts.dropFirst().compactMap { part in
            let hashes = CellHashes(part.table)
            var found: [(row: Int32, twin: Int32)] = []
            for row in part.rows {
                guard let twin = known[hashes.row(row)], isSame(train.table, twin, part.table, row) else { continue }
                found.append((row, twin))
            }
            return found.isEmpty ? nil : .sameRows(part, train, found)
        }
    }

    /// What stands for the value of a cell within one column.
    private static func code(_ column: TableColumn, _ row: Int) -> UInt64 {
        guard column.kind == .numbers else { return UInt64(bitPattern: Int64(column.codes[row])) }
        let value = column.numbers[row]
        return value == 0 ? 0 : value.bitPattern
    }

    private static func isSame(_ a: TableColumn, _ b: TableColumn, rows: Int) -> Bool {
        guard (a.kind == .numbers) == (b.kind == .numbers), a.kind == .numbers || a.texts.texts == b.texts.texts else { return false }
        return (0..<rows).allSatisfy { code(a, $0) == code(b, $0) }
    }

    private static func isSame(_ a: DataTable, _ row: Int32, _ b: DataTable, _ other: Int32) -> Bool {
        zip(a.columns, b.columns).allSatisfy { x, y in
            if x.request.isWeight { return true }
            guard x.kind == y.kind else { return false }
            if x.kind == .numbers { return code(x, Int(row)) == code(y, Int(other)) }
            let (first, second) = (x.codes[Int(row)], y.codes[Int(other)])
            return first < 0 || second < 0 ? first == second : x.texts.text(Int(first)) == y.texts.text(Int(second))
        }
    }

    /// Rows as numbers that are equal where the rows are, across tables.
    private struct CellHashes {
        private let columns: [TableColumn]
        /// Of each text of each column.
        private let texts: [[UInt64]]

        init(_ table: DataTable) {
            // Rows that differ in their weight alone are the same for a network.
            columns = table.columns.filter { !$0.request.isWeight }
            texts = columns.map { column in
                column.texts.texts.map { text in
                    var hash = Hash()
                    for byte in text.utf8 { hash.add(UInt64(byte)) }
                    return hash.value
                }
            }
        }

        func row(_ row: Int32) -> UInt64 {
            var hash = Hash()
            for (column, texts) in zip(columns, texts) {
                if column.kind == .numbers {
                    hash.add(code(column, Int(row)))
                } else {
                    let code = Int(column.codes[Int(row)])
                    hash.add(code < 0 ? 1 : texts[code])
                }
            }
            return hash.value
        }
    }

    /// Numbers to one number, as SplitMix64 mixes. Finds candidates; what is equal is compared.
    private struct Hash {
        private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

        mutating func add(_ number: UInt64) {
            var z = (value ^ number) &+ 0x9E37_79B9_7F4A_7C15
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            value = z ^ (z >> 31)
        }
    }
}

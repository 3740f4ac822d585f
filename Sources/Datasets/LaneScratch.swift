/// Room for some rows of up to eight columns whose numbers are no Doubles yet: they are turned into such a block at a time.
///
/// @unchecked: belongs to one thread.
final class LaneScratch: @unchecked Sendable {
    static let lanes = 8

    private let rows: Int
    private var doubles: UnsafeMutablePointer<Double>?
    private var counting: UnsafeMutablePointer<Int32>?

    /// - Parameter rows: at most so many are asked for together. Memory: 68 bytes for each, once a column needs them.
    init(rows: Int) { self.rows = rows }

    deinit {
        doubles?.deallocate()
        counting?.deallocate()
    }

    /// Eight places to read the rows from, the last column's again where there are fewer, and the numbers of the rows there.
    ///
    /// Precondition: one to eight columns, none empty, and no more rows than there is room for.
    func lanes(
        _ columns: [ColumnNumbers], _ rows: UnsafeBufferPointer<Int32>
    ) -> (sources: [UnsafePointer<Double>?], rows: UnsafeBufferPointer<Int32>) {
        func spread(_ sources: [UnsafePointer<Double>?]) -> [UnsafePointer<Double>?] {
            (0..<LaneScratch.lanes).map { sources[min($0, sources.count - 1)] }
        }
        if columns.allSatisfy({ $0.doubles != nil }) { return (spread(columns.map(\.doubles)), rows) }
        precondition(rows.count <= self.rows, "\(rows.count) rows, room for \(self.rows)")
        let doubles = self.doubles ?? .allocate(capacity: self.rows * LaneScratch.lanes)
        let counting = self.counting ?? .allocate(capacity: self.rows)
        if self.counting == nil { for row in 0..<self.rows { counting[row] = Int32(row) } }
        (self.doubles, self.counting) = (doubles, counting)
        for (lane, column) in columns.enumerated() { column.gather(rows, to: doubles + lane * self.rows) }
        return (
            spread(columns.indices.map { UnsafePointer(doubles + $0 * self.rows) }), UnsafeBufferPointer(start: counting, count: rows.count)
        )
    }
}

/// How the numbers of a weight lie in memory, and with it those of its gradient and its optimizer state: in panels of columns, each row-major
/// and all of them `panelWidth` wide but the last, which takes the rest too.
///
/// A product reads a panel in one stretch, and threads that share the columns of a weight share none of its cache lines. A weight of less than two
/// panels is row-major. In files every weight is row-major.
public struct WeightLayout: Sendable, Hashable {
    /// The kernels know it too: Kernels/MatrixProduct.swift.
    @inlinable public static var panelWidth: Int { 32 }
    /// The last panel takes the rest too.
    @inlinable public static var widestPanel: Int { 2 * panelWidth - 1 }
    public let rows: Int
    public let columns: Int

    @inlinable
    public init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// nil for what is no matrix, or a batch of rows.
    public init?(_ shape: Shape) {
        guard !shape.isBatched, shape.dimensions.count == 2 else { return nil }
        self.init(rows: shape.dimensions[0], columns: shape.dimensions[1])
    }

    @inlinable public var panelCount: Int { max(columns / WeightLayout.panelWidth, 1) }

    /// The columns of a panel.
    @inlinable
    public func panel(_ index: Int) -> Range<Int> {
        let first = index * WeightLayout.panelWidth
        return first..<(index == panelCount - 1 ? columns : first + WeightLayout.panelWidth)
    }

    /// Which panel holds a column.
    @inlinable
    public func panelIndex(ofColumn column: Int) -> Int { min(column / WeightLayout.panelWidth, panelCount - 1) }

    /// Where the element of a row-major index lies, in elements.
    public func position(of index: Int) -> Int {
        let (row, column) = index.quotientAndRemainder(dividingBy: columns)
        let panel = panel(panelIndex(ofColumn: column))
        return panel.lowerBound * rows + row * panel.count + column - panel.lowerBound
    }

    /// The row-major index of the element at a position: the way back from `position(of:)`.
    public func index(at position: Int) -> Int {
        let panel = panel(min(position / max(rows * WeightLayout.panelWidth, 1), panelCount - 1))
        let (row, column) = (position - panel.lowerBound * rows).quotientAndRemainder(dividingBy: panel.count)
        return row * columns + panel.lowerBound + column
    }

    /// Calls `body` for every stretch of elements that lie together in both orders: where it begins in rows, where in panels, and how many.
    public func stretches(_ body: (_ inRows: Int, _ inPanels: Int, _ count: Int) -> Void) {
        guard panelCount > 1 else { return body(0, 0, rows * columns) }
        for index in 0..<panelCount {
            let panel = panel(index)
            for row in 0..<rows { body(row * columns + panel.lowerBound, panel.lowerBound * rows + row * panel.count, panel.count) }
        }
    }
}

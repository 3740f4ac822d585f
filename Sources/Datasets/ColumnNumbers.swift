/// The numbers of a column, as they lie: a stretch of Doubles, or every so-and-so-many bytes an element of an array that is never copied.
///
/// The memory belongs to the column, or to the array that it keeps.
package struct ColumnNumbers: RandomAccessCollection {
    /// The first element.
    let base: UnsafeRawPointer?
    package let count: Int
    /// Bytes from one row to the next.
    let stride: Int
    let element: ArrayElement

    init(_ doubles: UnsafeBufferPointer<Double>) {
        base = UnsafeRawPointer(doubles.baseAddress)
        (count, stride, element) = (doubles.count, 8, .double)
    }

    /// Precondition: `base` leads to `count` elements, `stride` bytes apart.
    init(_ base: UnsafeRawPointer, count: Int, stride: Int, element: ArrayElement) {
        (self.base, self.count, self.stride, self.element) = (base, count, stride, element)
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    /// The Doubles, where that is how they lie.
    var doubles: UnsafePointer<Double>? { element == .double && stride == 8 ? base?.assumingMemoryBound(to: Double.self) : nil }

    /// A number, rounded once to Double if it is an integer beyond 2^53; NaN where there is none.
    package subscript(row: Int) -> Double {
        precondition(row >= 0 && row < count, "row \(row) of \(count)")
        guard let base else { return .nan }
        return element.number(base + row * stride)
    }

    /// Writes the numbers of some rows one after the other. Precondition: the rows exist, and there is room for them.
    func gather(_ rows: UnsafeBufferPointer<Int32>, to target: UnsafeMutablePointer<Double>) {
        guard let base else { return }
        let stride = stride
        element.gather(rows.count, from: { base + Int(rows[$0]) * stride }, to: target)
    }
}

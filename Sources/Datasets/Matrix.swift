import Decimals
import SpecLanguage

/// A dense row-major matrix of one precision. Shapes: [rows][columns]. Never changed once it is made, and shared when it is copied.
public struct Matrix: Sendable, Equatable {
    public let rows: Int
    public let columns: Int
    public let precision: TrainingSpec.Precision
    private let block: Block

    /// Rounds each value once to the precision. Precondition: values.count == rows * columns.
    public init(rows: Int, columns: Int, values: [Double], precision: TrainingSpec.Precision) {
        precondition(values.count == rows * columns, "a matrix of \(rows) x \(columns) got \(values.count) values")
        guard
            let matrix = Matrix(
                rows: rows, columns: columns, precision: precision,
                fill: { base in
                    switch precision {
                    case .float32:
                        let floats = base.bindMemory(to: Float.self, capacity: values.count)
                        for (index, value) in values.enumerated() { floats[index] = Float(value) }
                    case .float64:
                        let doubles = base.bindMemory(to: Double.self, capacity: values.count)
                        for (index, value) in values.enumerated() { doubles[index] = value }
                    }
                })
        else { preconditionFailure("no memory for a matrix of \(rows) x \(columns)") }
        self = matrix
    }

    /// - Parameter fill: writes all elements, of the precision. nil if the system has no memory.
    package init?(rows: Int, columns: Int, precision: TrainingSpec.Precision, fill: (UnsafeMutableRawPointer) -> Void) {
        let (count, isOver) = rows.multipliedReportingOverflow(by: columns)
        let (byteCount, isWide) = count.multipliedReportingOverflow(by: Matrix.byteCount(precision))
        guard !isOver, !isWide, let block = Block(byteCount: byteCount) else { return nil }
        fill(block.base)
        self.rows = rows
        self.columns = columns
        self.precision = precision
        self.block = block
    }

    private static func byteCount(_ precision: TrainingSpec.Precision) -> Int { precision == .float32 ? 4 : 8 }

    private var count: Int { rows * columns }
    private var floats: UnsafePointer<Float> { UnsafePointer(block.base.assumingMemoryBound(to: Float.self)) }
    private var wides: UnsafePointer<Double> { UnsafePointer(block.base.assumingMemoryBound(to: Double.self)) }

    /// The elements, for as long as the matrix or a copy of it lives.
    package var base: UnsafeRawPointer { UnsafeRawPointer(block.base) }

    private func element(_ index: Int) -> Double {
        precondition(index >= 0 && index < count, "element \(index) of \(count)")
        return precision == .float32 ? Double(floats[index]) : wides[index]
    }

    /// Element of row r, column c, widened to Double.
    public subscript(r: Int, c: Int) -> Double { element(r * columns + c) }

    /// All values, widened to Double, row by row.
    public var doubles: [Double] { (0..<count).map(element) }

    /// Shortest text of element i (row-major) that reads back to the same value in this matrix's precision.
    public func text(_ i: Int) -> String { precision == .float32 ? Float(element(i)).description : element(i).description }

    /// Writes element i (row-major) as `text` does and returns the place behind it. Precondition: `NumberWriter.limit` bytes are there.
    package func write(_ i: Int, with writer: NumberWriter, at out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        precision == .float32 ? writer.write(floats[i], at: out) : writer.write(wides[i], at: out)
    }

    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try withExtendedLifetime(block) { try body(UnsafeRawBufferPointer(start: block.base, count: count * Matrix.byteCount(precision))) }
    }

    public static func == (a: Matrix, b: Matrix) -> Bool {
        a.rows == b.rows && a.columns == b.columns && a.precision == b.precision && (0..<a.count).allSatisfy { a.element($0) == b.element($0) }
    }
}

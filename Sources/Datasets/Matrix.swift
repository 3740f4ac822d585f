import SpecLanguage

/// A dense row-major matrix of one precision. Shapes: [rows][columns].
public struct Matrix: Sendable, Equatable {
    enum Storage: Sendable, Equatable {
        case float32([Float])
        case float64([Double])
    }
    public let rows: Int
    public let columns: Int
    var storage: Storage

    /// Rounds each value once to the precision. Precondition: values.count == rows * columns.
    public init(rows: Int, columns: Int, values: [Double], precision: TrainingSpec.Precision) {
        precondition(values.count == rows * columns, "a matrix of \(rows) x \(columns) got \(values.count) values")
        self.rows = rows
        self.columns = columns
        storage = precision == .float32 ? .float32(values.map { Float($0) }) : .float64(values)
    }

    init(rows: Int, columns: Int, storage: Storage) {
        self.rows = rows
        self.columns = columns
        self.storage = storage
    }

    public var precision: TrainingSpec.Precision {
        if case .float32 = storage { return .float32 }
        return .float64
    }

    /// Element of row r, column c, widened to Double.
    public subscript(r: Int, c: Int) -> Double {
        switch storage {
        case .float32(let values): Double(values[r * columns + c])
        case .float64(let values): values[r * columns + c]
        }
    }

    /// All values, widened to Double, row by row.
    public var doubles: [Double] {
        switch storage {
        case .float32(let values): values.map { Double($0) }
        case .float64(let values): values
        }
    }

    /// Shortest text of element i (row-major) that reads back to the same value in this matrix's precision.
    public func text(_ i: Int) -> String {
        switch storage {
        case .float32(let values): values[i].description
        case .float64(let values): values[i].description
        }
    }

    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        switch storage {
        case .float32(let values): try values.withUnsafeBytes(body)
        case .float64(let values): try values.withUnsafeBytes(body)
        }
    }
}

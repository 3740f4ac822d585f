/// The shape of a tensor: fixed dimensions, with the rows of the batch in front where `isBatched`.
public struct Shape: Sendable, Hashable, CustomStringConvertible {
    public let isBatched: Bool
    public let dimensions: [Int]

    public init(batched: Bool, _ dimensions: [Int]) {
        isBatched = batched
        self.dimensions = dimensions
    }

    /// [B, width]: one row of `width` numbers per example.
    public static func rows(_ width: Int) -> Shape { Shape(batched: true, [width]) }
    /// [rows, columns], the same for every batch.
    public static func matrix(_ rows: Int, _ columns: Int) -> Shape { Shape(batched: false, [rows, columns]) }
    /// [count], the same for every batch.
    public static func vector(_ count: Int) -> Shape { Shape(batched: false, [count]) }

    /// Elements, without the rows of the batch.
    public var elementsPerRow: Int { dimensions.reduce(1, *) }

    public var description: String {
        "[" + ((isBatched ? ["B"] : []) + dimensions.map(String.init)).joined(separator: ", ") + "]"
    }
}

/// What the elements of a tensor are.
public enum ElementType: String, Sendable {
    /// The precision of the plan: float32 or float64.
    case scalar
    /// Always a Double (losses, norms).
    case float64
    /// Class numbers.
    case int32

    /// Bytes of one element.
    public func byteCount(in precision: Precision) -> Int {
        switch self {
        case .scalar: precision.byteCount
        case .float64: 8
        case .int32: 4
        }
    }
}

/// The precision in which a plan computes.
public enum Precision: String, Sendable {
    case float32, float64
    public var byteCount: Int { self == .float32 ? 4 : 8 }
}

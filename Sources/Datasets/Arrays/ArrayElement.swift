/// How a number lies in an array file: its kind and the order of its bytes.
struct ArrayElement: Equatable, Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case bool
        case u1, i1, u2, i2, u4, i4, u8, i8, f2, f4, f8
    }

    let kind: Kind
    /// Whether the bytes of the file are in the other order than the machine's.
    let isSwapped: Bool

    init(_ kind: Kind, isBigEndian: Bool) {
        self.kind = kind
        isSwapped = isBigEndian != (Int(bigEndian: 1) == 1) && kind.byteCount > 1
    }

    /// The machine's own Double.
    static let double = ArrayElement(.f8, isBigEndian: Int(bigEndian: 1) == 1)

    var byteCount: Int { kind.byteCount }

    /// Whether it can be NaN or infinite.
    var isFloat: Bool { kind == .f2 || kind == .f4 || kind == .f8 }

    // MARK: One element

    /// Numerics: exact but for integers beyond 2^53, which are rounded to the nearest. A bool is 0 or 1.
    @inline(__always)
    func number(_ place: UnsafeRawPointer) -> Double {
        switch kind {
        case .bool: place.load(as: UInt8.self) == 0 ? 0 : 1
        case .u1: Double(place.load(as: UInt8.self))
        case .i1: Double(place.load(as: Int8.self))
        case .u2: Double(integer(place, UInt16.self))
        case .i2: Double(integer(place, Int16.self))
        case .u4: Double(integer(place, UInt32.self))
        case .i4: Double(integer(place, Int32.self))
        case .u8: Double(integer(place, UInt64.self))
        case .i8: Double(integer(place, Int64.self))
        case .f2: ArrayElement.half(integer(place, UInt16.self))
        case .f4: Double(Float(bitPattern: integer(place, UInt32.self)))
        case .f8: Double(bitPattern: integer(place, UInt64.self))
        }
    }

    @inline(__always)
    private func integer<Value: FixedWidthInteger & BitwiseCopyable>(_ place: UnsafeRawPointer, _ type: Value.Type) -> Value {
        let value = place.loadUnaligned(as: type)
        return isSwapped ? value.byteSwapped : value
    }

    /// IEEE half precision, exact.
    static func half(_ bits: UInt16) -> Double {
        let (exponent, fraction) = (Int(bits >> 10) & 31, Double(bits & 1023))
        let magnitude: Double
        switch exponent {
        case 0: magnitude = fraction * 0x1p-24
        case 31: magnitude = fraction == 0 ? .infinity : .nan
        default: magnitude = (1 + fraction * 0x1p-10) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
        }
        return bits & 0x8000 == 0 ? magnitude : -magnitude
    }

    /// As a name of a category: integers with all their digits, other numbers as the shortest text that reads back, whole ones without a point.
    func text(_ place: UnsafeRawPointer) -> String {
        switch kind {
        case .u8: return integer(place, UInt64.self).description
        case .i8: return integer(place, Int64.self).description
        case .f4:
            let value = Float(bitPattern: integer(place, UInt32.self))
            return ArrayElement.isWhole(Double(value)) ? ArrayElement.whole(Double(value)) : value.description
        default:
            let value = number(place)
            return ArrayElement.isWhole(value) ? ArrayElement.whole(value) : value.description
        }
    }

    private static func isWhole(_ value: Double) -> Bool { value == value.rounded(.towardZero) && value.magnitude <= 0x1p53 }
    private static func whole(_ value: Double) -> String { Int64(value).description }

    // MARK: Many elements

    /// Writes `count` numbers one after the other, `place` telling where each lies. The kind is looked at once.
    @inline(__always)
    func gather(_ count: Int, from place: (Int) -> UnsafeRawPointer, to target: UnsafeMutablePointer<Double>) {
        switch kind {
        case .u1: for index in 0..<count { target[index] = Double(place(index).load(as: UInt8.self)) }
        case .f4:
            for index in 0..<count { target[index] = Double(Float(bitPattern: integer(place(index), UInt32.self))) }
        case .f8: for index in 0..<count { target[index] = Double(bitPattern: integer(place(index), UInt64.self)) }
        default: for index in 0..<count { target[index] = number(place(index)) }
        }
    }
}

extension ArrayElement.Kind {
    var byteCount: Int {
        switch self {
        case .bool, .u1, .i1: 1
        case .u2, .i2, .f2: 2
        case .u4, .i4, .f4: 4
        case .u8, .i8, .f8: 8
        }
    }
}

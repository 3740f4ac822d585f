/// What is wrong with an array file; the messages are in Messages/ArrayMessages.swift.
enum ArrayMistake: Error, Equatable {
    /// The file begins with other bytes than its format.
    case magic([UInt8], wanted: String)
    /// It ends within its header.
    case shortHeader(found: Int)
    case header(String)
    case version(Int, Int)
    case objects
    case type(String)
    /// Of a structured type: names and types of its fields, as far as they could be read.
    case fields([String])
    /// Bytes that the header claims, and those that are there.
    case size(wanted: Int?, found: Int, shape: [Int])
    case noRows
    case rankZero
    case tooWide(Int)
}

/// The header of an .npy file (NEP 1, versions 1.0 to 3.0): a Python dictionary of three keys, read by a grammar of its own and never executed.
struct NPYHeader {
    var element: ArrayElement
    var shape: [Int]
    var isFortran: Bool
    /// Where the elements begin.
    var offset: Int

    static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]
    private static let longest = 1 << 20

    /// - Parameter bytes: the file from its start; all of it, for its size is checked.
    init(_ bytes: UnsafeRawBufferPointer) throws(ArrayMistake) {
        guard bytes.starts(with: NPYHeader.magic) else {
            // A stump of the magic is a file that was cut short, not one of another kind.
            if NPYHeader.magic.starts(with: bytes) { throw .shortHeader(found: bytes.count) }
            throw .magic(Array(bytes.prefix(8)), wanted: "\\x93NUMPY")
        }
        guard bytes.count >= 10 else { throw .shortHeader(found: bytes.count) }
        let (major, minor) = (Int(bytes[6]), Int(bytes[7]))
        guard (1...3).contains(major), minor == 0 else { throw .version(major, minor) }
        let start = major == 1 ? 10 : 12
        guard bytes.count >= start else { throw .shortHeader(found: bytes.count) }
        let length = (8..<start).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
        guard length <= NPYHeader.longest else { throw .header("it claims to be \(length) bytes long") }
        guard bytes.count - start >= length else { throw .shortHeader(found: bytes.count) }
        offset = start + length
        var reader = PythonLiteral(Array(bytes[start..<offset]))
        guard let (type, isFortran, shape) = reader.header() else { throw .header("it is no dictionary of descr, fortran_order and shape") }
        self.isFortran = isFortran
        self.shape = shape
        switch type {
        case .text(let descr): element = try NPYHeader.element(descr)
        case .fields(let fields): throw .fields(fields)
        }
        let wanted = ArrayFile.byteCount(shape, element)
        let found = bytes.count - offset
        guard let wanted, wanted == found else { throw .size(wanted: wanted, found: found, shape: shape) }
    }

    /// "<f4" and the like.
    private static func element(_ descr: String) throws(ArrayMistake) -> ArrayElement {
        let order = descr.first ?? "?"
        let rest = "<>|=".contains(order) ? String(descr.dropFirst()) : descr
        if rest.first == "O" { throw .objects }
        guard let kind = rest == "b1" || rest == "?" ? .bool : ArrayElement.Kind(rawValue: rest), kind != .bool || rest != "bool" else {
            throw .type(descr)
        }
        return ArrayElement(kind, isBigEndian: order == ">" || (order == "=" && Int(bigEndian: 1) == 1))
    }
}

/// As much of Python's literals as stands in the header of an .npy file.
private struct PythonLiteral {
    enum Descr {
        case text(String)
        /// Of a structured type, "length (<f4)" each.
        case fields([String])
    }

    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`, the keys in any order; nil for anything else.
    mutating func header() -> (descr: Descr, isFortran: Bool, shape: [Int])? {
        var (descr, isFortran, shape): (Descr?, Bool?, [Int]?) = (nil, nil, nil)
        guard take("{") else { return nil }
        while !take("}") {
            guard let key = text(), take(":") else { return nil }
            switch key {
            case "descr" where descr == nil:
                if let found = text() { descr = .text(found) } else if let found = fields() { descr = .fields(found) } else { return nil }
            case "fortran_order" where isFortran == nil:
                guard let word = word(), word == "True" || word == "False" else { return nil }
                isFortran = word == "True"
            case "shape" where shape == nil:
                guard let found = tuple() else { return nil }
                shape = found
            default: return nil
            }
            if !take(",") {
                guard take("}") else { return nil }
                break
            }
        }
        skipBlanks()
        guard at == bytes.count, let descr, let isFortran, let shape else { return nil }
        return (descr, isFortran, shape)
    }

    private mutating func skipBlanks() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private mutating func take(_ character: Character) -> Bool {
        skipBlanks()
        guard at < bytes.count, bytes[at] == character.asciiValue else { return false }
        at += 1
        return true
    }

    private mutating func text() -> String? {
        skipBlanks()
        guard at < bytes.count, bytes[at] == UInt8(ascii: "'") || bytes[at] == UInt8(ascii: "\"") else { return nil }
        let quote = bytes[at]
        guard let end = bytes[(at + 1)...].firstIndex(of: quote) else { return nil }
        defer { at = end + 1 }
        return String(decoding: bytes[(at + 1)..<end], as: UTF8.self)
    }

    private mutating func word() -> String? {
        skipBlanks()
        let start = at
        while at < bytes.count, bytes[at] & 0xDF >= UInt8(ascii: "A"), bytes[at] & 0xDF <= UInt8(ascii: "Z") { at += 1 }
        return start == at ? nil : String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func tuple() -> [Int]? {
        guard take("(") else { return nil }
        var values: [Int] = []
        while !take(")") {
            skipBlanks()
            let start = at
            while at < bytes.count, bytes[at] >= 0x30, bytes[at] <= 0x39 { at += 1 }
            guard let value = Int(String(decoding: bytes[start..<at], as: UTF8.self)) else { return nil }
            // Python 2 wrote long integers so.
            _ = take("L")
            values.append(value)
            if !take(",") {
                guard take(")") else { return nil }
                break
            }
            guard values.count <= 64 else { return nil }
        }
        return values
    }

    /// The fields of a structured type, `[('length', '<f4'), ('box', '<i2', (2, 2)), ('inner', [...])]`, up to the bracket that ends their list;
    /// nil for anything else. Brackets within quotes are part of a name.
    private mutating func fields() -> [String]? {
        guard take("[") else { return nil }
        var fields: [String] = []
        /// Texts of the field in progress, and whether it has fields of its own.
        var (texts, isNested, depth, inside): ([String], Bool, Int, Int) = ([], false, 1, 0)
        while at < bytes.count, depth > 0 {
            switch bytes[at] {
            case UInt8(ascii: "["):
                depth += 1
                isNested = true
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "("):
                if depth == 1, inside == 0 { (texts, isNested) = ([], false) }
                inside += 1
            case UInt8(ascii: ")"):
                inside -= 1
                if depth == 1, inside == 0, let name = texts.first {
                    fields.append("\(name) (\(isNested ? "fields of its own" : texts.last ?? ""))")
                }
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                guard let found = text() else { return nil }
                // A name may come with a title: (('title', 'name'), '<f4').
                if depth == 1 { texts.append(found) }
                continue
            default: break
            }
            at += 1
        }
        return depth == 0 ? fields : nil
    }
}

/// The header of an IDX file (LeCun's MNIST page): two zeros, the kind of the numbers, the rank, and the extents, big-endian all of it.
struct IDXHeader {
    var element: ArrayElement
    var shape: [Int]
    var offset: Int

    init(_ bytes: UnsafeRawBufferPointer) throws(ArrayMistake) {
        guard bytes.count >= 4 else { throw .shortHeader(found: bytes.count) }
        guard bytes[0] == 0, bytes[1] == 0, let kind = IDXHeader.kind(bytes[2]), bytes[3] > 0 else {
            throw .magic(Array(bytes.prefix(4)), wanted: "0, 0, a kind of number and a rank")
        }
        let rank = Int(bytes[3])
        offset = 4 + 4 * rank
        guard bytes.count >= offset else { throw .shortHeader(found: bytes.count) }
        element = ArrayElement(kind, isBigEndian: true)
        shape = (0..<rank).map { Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4 + 4 * $0, as: UInt32.self))) }
        let wanted = ArrayFile.byteCount(shape, element)
        let found = bytes.count - offset
        guard let wanted, wanted == found else { throw .size(wanted: wanted, found: found, shape: shape) }
    }

    private static func kind(_ code: UInt8) -> ArrayElement.Kind? {
        switch code {
        case 0x08: .u1
        case 0x09: .i1
        case 0x0B: .i2
        case 0x0C: .i4
        case 0x0D: .f4
        case 0x0E: .f8
        default: nil
        }
    }
}

import Datasets
import Diagnostics
import Training

/// The layout of a safetensors file: the length of the header in 8 bytes, little endian; the header as JSON; the bytes of the tensors, one after the
/// other. Source: https://github.com/huggingface/safetensors, "Format".
enum Safetensors {
    /// A tensor as the header lists it. `range`: bytes of the data behind the header.
    struct Entry {
        var type: String
        var shape: [Int]
        var range: Range<Int>
    }

    /// More than a header of ours ever takes; what claims more is no checkpoint.
    static let headerLimit = 1 << 26

    static func type(_ tensor: StateTensor) -> String { tensor.elementByteCount == 4 ? "F32" : "F64" }

    /// Length and header for tensors that follow in this order, padded so that the data begin at a multiple of 8.
    static func header(_ tensors: [(name: String, type: String, shape: [Int], byteCount: Int)], metadata: [(String, String)]) -> [UInt8] {
        var at = 0
        var members = [("__metadata__", JSONText.object(metadata.map { ($0.0, JSONText.quoted($0.1)) }))]
        for tensor in tensors {
            let entry = JSONText.object([
                ("dtype", JSONText.quoted(tensor.type)), ("shape", JSONText.array(tensor.shape.map(String.init))),
                ("data_offsets", JSONText.array(["\(at)", "\(at + tensor.byteCount)"])),
            ])
            members.append((tensor.name, entry))
            at += tensor.byteCount
        }
        var text = Array(JSONText.object(members).utf8)
        text += [UInt8](repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
        return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text
    }

    /// Metadata and tensors of a header's JSON; nil if it is none, or a tensor lies outside the data.
    static func entries(_ json: [UInt8], dataByteCount: Int) -> (metadata: [String: String], tensors: [String: Entry])? {
        guard let root = try? JSONReader.read(json), case .object(let members) = root.kind else { return nil }
        var metadata: [String: String] = [:]
        var tensors: [String: Entry] = [:]
        for member in members {
            guard case .object(let inner) = member.value.kind else { return nil }
            if member.key == "__metadata__" {
                for each in inner { if case .string(let text) = each.value.kind { metadata[each.key] = text } }
                continue
            }
            guard let type = inner.text("dtype"), let shape = inner.integers("shape"), let offsets = inner.integers("data_offsets"),
                offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= dataByteCount
            else { return nil }
            tensors[member.key] = Entry(type: type, shape: shape, range: offsets[0]..<offsets[1])
        }
        return (metadata, tensors)
    }
}

extension [JSONMember] {
    func value(_ key: String) -> JSONValue.Kind? { first { $0.key == key }?.value.kind }

    func text(_ key: String) -> String? {
        if case .string(let text)? = value(key) { return text }
        return nil
    }

    func number(_ key: String) -> Double? {
        if case .number(let number)? = value(key), number.isFinite { return number }
        return nil
    }

    /// A whole number of at least 0.
    func count(_ key: String) -> Int? { number(key).flatMap { Int(exactly: $0) }.flatMap { $0 >= 0 ? $0 : nil } }

    /// Whole numbers; an empty list is one.
    func integers(_ key: String) -> [Int]? {
        switch value(key) {
        case .array(let items)? where items.isEmpty: return []
        case .numbers(let numbers)?:
            let whole = numbers.compactMap { Int(exactly: $0) }
            return whole.count == numbers.count ? whole : nil
        default: return nil
        }
    }

    func object(_ key: String) -> [JSONMember]? {
        if case .object(let members)? = value(key) { return members }
        return nil
    }

    /// Whether a number, or null, stands there.
    func optional(_ key: String) -> Double?? {
        switch value(key) {
        case .null?: return .some(nil)
        case .number(let number)? where number.isFinite: return .some(number)
        default: return nil
        }
    }
}

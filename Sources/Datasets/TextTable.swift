/// Distinct texts, numbered in the order they came. Texts are compared as bytes.
///
/// The numbers do not depend on hash values, only the speed does; the hash is seeded, so that no file can be made to collide.
package struct TextTable: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var hashes: [Int] = []
    private var slots = [Int32](repeating: -1, count: 16)

    package init(_ texts: [String] = []) {
        for text in texts { intern(text) }
    }

    package var count: Int { ends.count }

    /// Number of a text, new if it has not been seen.
    @discardableResult
    package mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
        let hash = TextTable.hash(text)
        let slot = slot(of: text, hash)
        if slots[slot] >= 0 { return slots[slot] }
        let number = Int32(count)
        slots[slot] = number
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        hashes.append(hash)
        if count * 2 > slots.count { grow() }
        return number
    }

    @discardableResult
    package mutating func intern(_ text: String) -> Int32 {
        var text = text
        return text.withUTF8 { intern($0) }
    }

    /// Number of a text; nil if it is not in the table.
    package func number(of text: UnsafeBufferPointer<UInt8>) -> Int32? {
        let found = slots[slot(of: text, TextTable.hash(text))]
        return found < 0 ? nil : found
    }

    package func number(of text: String) -> Int32? {
        var text = text
        return text.withUTF8 { number(of: $0) }
    }

    func withText<R>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range(number)])) }
    }

    package func text(_ number: Int) -> String { String(decoding: bytes[range(number)], as: UTF8.self) }

    /// The numbers of the first two of some texts that differ as bytes and look the same; nil if there are none.
    func twins(among texts: [String]) -> (first: Int, second: Int)? {
        var seen: [String: String] = [:]
        for text in texts {
            guard let first = seen.updateValue(text, forKey: text) else { continue }
            if let a = number(of: first), let b = number(of: text) { return (Int(min(a, b)), Int(max(a, b))) }
        }
        return nil
    }

    package var texts: [String] { (0..<count).map(text) }

    /// Whether text a comes before text b by code point (the order of UTF-8 bytes is the same).
    package func precedes(_ a: Int, _ b: Int) -> Bool { bytes[range(a)].lexicographicallyPrecedes(bytes[range(b)]) }

    private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(text))
        return hasher.finalize()
    }

    /// The slot that holds a text, or the free one where it belongs.
    private func slot(of text: UnsafeBufferPointer<UInt8>, _ hash: Int) -> Int {
        let mask = slots.count - 1
        var slot = hash & mask
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if hashes[number] == hash, isEqual(number, text) { return slot }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func isEqual(_ number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let range = range(number)
        guard range.count == text.count, let base = text.baseAddress else { return range.count == text.count }
        return bytes.withUnsafeBufferPointer { bytes in
            for index in 0..<range.count where bytes[range.lowerBound + index] != base[index] { return false }
            return true
        }
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        let mask = slots.count - 1
        for number in 0..<count {
            var slot = hashes[number] & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(number)
        }
    }
}

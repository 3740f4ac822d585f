/// The bytes of a file, and behind them a line feed and some zeros, so that whoever scans finds an end without asking for it.
package struct FileBytes: Sendable {
    /// Bytes that may be read behind the last one.
    package static let padding = 64

    private let block: Block
    package let count: Int

    /// nil if the system has no such memory to give. The bytes are for the caller to write, before anyone reads them.
    init?(count: Int) {
        guard let block = Block(byteCount: count + FileBytes.padding) else { return nil }
        self.block = block
        self.count = count
        seal()
    }

    package init(_ bytes: [UInt8]) {
        guard let copy = FileBytes(count: bytes.count) else { preconditionFailure("no memory for \(bytes.count) bytes that are there already") }
        bytes.withUnsafeBytes { if let base = $0.baseAddress { copy.block.base.copyMemory(from: base, byteCount: $0.count) } }
        self = copy
    }

    private init(_ block: Block, count: Int) {
        self.block = block
        self.count = count
        seal()
    }

    private func seal() {
        block.base.storeBytes(of: UInt8(ascii: "\n"), toByteOffset: count, as: UInt8.self)
        (block.base + count + 1).initializeMemory(as: UInt8.self, repeating: 0, count: FileBytes.padding - 1)
    }

    /// The same memory with fewer bytes. Precondition: count <= self.count; the others are not read again.
    func shortened(to count: Int) -> FileBytes { FileBytes(block, count: count) }

    /// The bytes, for as long as this or a copy of it lives.
    var base: UnsafeRawPointer { UnsafeRawPointer(block.base) }

    /// The memory itself.
    var memory: Block { block }

    func withMutableBytes<R>(_ body: (UnsafeMutableRawPointer) -> R) -> R { withExtendedLifetime(block) { body(block.base) } }

    package func withUnsafeBufferPointer<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        withExtendedLifetime(block) { body(UnsafeBufferPointer(start: block.base.assumingMemoryBound(to: UInt8.self), count: count)) }
    }

    package subscript(index: Int) -> UInt8 {
        precondition(index >= 0 && index < count, "byte \(index) of \(count)")
        return block.base.load(fromByteOffset: index, as: UInt8.self)
    }

    package subscript(range: Range<Int>) -> [UInt8] { withUnsafeBufferPointer { Array($0[range]) } }

    package func starts(with prefix: [UInt8]) -> Bool { withUnsafeBufferPointer { $0.starts(with: prefix) } }
}

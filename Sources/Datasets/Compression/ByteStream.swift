#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Why bytes stopped coming.
package enum StreamMistake: Error, Equatable {
    /// The system refuses, with this errno.
    case system(Int32)
    /// The name says gzip, and the content is none.
    case notGzip
    /// The compressed data end too early, after so many unpacked bytes.
    case cutShort(after: Int)
    /// They are no deflate data, or something else stands behind them.
    case damaged(after: Int, String)
    /// The checksum behind the data is that of other data.
    case checksum
    /// Unpacked it would be larger than the machine's memory.
    case tooLarge(atLeast: Int)
}

/// Bytes that come one after the other: from a file, a pipe, or unpacked from either.
protocol ByteStream: AnyObject {
    /// Waits for the next bytes and returns how many there are, at most `count`; 0 at the end.
    func read(into base: UnsafeMutableRawPointer, count: Int) throws(StreamMistake) -> Int
}

/// What a descriptor gives.
final class DescriptorStream: ByteStream {
    private let descriptor: Int32

    /// The descriptor stays the caller's to close, after the stream is done with.
    init(_ descriptor: Int32) { self.descriptor = descriptor }

    func read(into base: UnsafeMutableRawPointer, count: Int) throws(StreamMistake) -> Int {
        while true {
            #if canImport(Glibc)
            let got = Glibc.read(descriptor, base, count)
            #elseif canImport(Musl)
            let got = Musl.read(descriptor, base, count)
            #else
            let got = Darwin.read(descriptor, base, count)
            #endif
            if got >= 0 { return got }
            if errno != EINTR { throw .system(errno) }
        }
    }
}

/// Bytes that are there already.
final class MemoryStream: ByteStream {
    private var rest: UnsafeRawBufferPointer

    /// Precondition: the bytes outlive the stream.
    init(_ bytes: UnsafeRawBufferPointer) { rest = bytes }

    func read(into base: UnsafeMutableRawPointer, count: Int) throws(StreamMistake) -> Int {
        let some = UnsafeRawBufferPointer(rebasing: rest[..<min(count, rest.count)])
        if let source = some.baseAddress { base.copyMemory(from: source, byteCount: some.count) }
        rest = UnsafeRawBufferPointer(rebasing: rest[some.count...])
        return some.count
    }
}

extension ByteStream {
    /// Reads until `count` bytes are there or the stream ends; returns how many there are.
    func fill(_ base: UnsafeMutableRawPointer, count: Int) throws(StreamMistake) -> Int {
        var filled = 0
        while filled < count {
            let got = try read(into: base + filled, count: count - filled)
            if got == 0 { break }
            filled += got
        }
        return filled
    }

    /// All bytes to the end, of a stream that does not know how many they are. nil if the system has no memory.
    ///
    /// Memory: three times the bytes at the peak, since the memory doubles as they come.
    func all(limit: Int = Machine.memoryByteCount) throws(StreamMistake) -> FileBytes? {
        var (capacity, count) = (1 << 16, 0)
        guard var bytes = FileBytes(count: capacity) else { return nil }
        while true {
            let room = UnsafeMutableRawPointer(mutating: bytes.base) + count
            count += try fill(room, count: capacity - count)
            if count < capacity { return bytes.shortened(to: count) }
            capacity *= 2
            guard capacity <= 2 * limit else { throw .tooLarge(atLeast: count) }
            guard let larger = FileBytes(count: capacity) else { return nil }
            larger.withMutableBytes { $0.copyMemory(from: bytes.base, byteCount: count) }
            bytes = larger
        }
    }
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A gzip file unpacked whole.
package enum GzipFile {
    /// The unpacked bytes; nil if the system has no memory.
    ///
    /// The file ends with the size of its last member, which is mostly its only one. That many bytes are asked for and filled; where there
    /// turn out to be more, they are counted first and then unpacked again, so that never more memory is taken than the data need. What is
    /// larger than the machine's memory is refused: by the size that the file tells, or as soon as that many bytes have come.
    ///
    /// - Parameters:
    ///   - descriptor: of a regular file. It stays open.
    ///   - limit: unpacked bytes at most.
    package static func unpacked(_ descriptor: Int32, byteCount: Int, limit: Int = Machine.memoryByteCount) throws(StreamMistake) -> FileBytes? {
        let told = sizeTold(descriptor, byteCount: byteCount)
        if told > limit { throw .tooLarge(atLeast: told) }
        guard let first = try attempt(descriptor, capacity: told, limit: limit) else { return nil }
        if let bytes = first.bytes { return bytes }
        return try attempt(descriptor, capacity: first.count, limit: limit)?.bytes
    }

    /// Unpacks into so many bytes. Without bytes in the result there are more than that, namely `count`. nil if the system has no memory.
    private static func attempt(
        _ descriptor: Int32, capacity: Int, limit: Int
    ) throws(StreamMistake) -> (bytes: FileBytes?, count: Int)? {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .system(errno) }
        guard let stream = InflatedStream(DescriptorStream(descriptor), .gzip), let bytes = FileBytes(count: capacity),
            let rest = Block(byteCount: 1 << 18)
        else { return nil }
        var count = try stream.fill(UnsafeMutableRawPointer(mutating: bytes.base), count: capacity)
        if count < capacity { return (bytes.shortened(to: count), count) }
        while true {
            let more = try stream.read(into: rest.base, count: rest.byteCount)
            if more == 0 { break }
            count += more
            if count > limit { throw .tooLarge(atLeast: count) }
        }
        return (count == capacity ? bytes : nil, count)
    }

    /// What the last four bytes say, as far as it can be true: deflate makes at most 1032 bytes of one.
    private static func sizeTold(_ descriptor: Int32, byteCount: Int) -> Int {
        var size: UInt32 = 0
        guard byteCount >= 18, pread(descriptor, &size, 4, off_t(byteCount - 4)) == 4 else { return 0 }
        let told = Int(UInt32(littleEndian: size))
        return told / 1032 <= byteCount ? told : 0
    }
}

internal import CZlib

/// Unpacks what another stream gives, in a constant part of memory: gzip files, all their members, or the bare deflate data of a zip archive.
///
/// zlib does the work; its checksum at the end of gzip data is verified, that of an archive's member is the archive's to verify.
final class InflatedStream: ByteStream {
    enum Form { case gzip, deflate }

    private let source: any ByteStream
    private let form: Form
    /// On the heap: zlib remembers its address.
    private let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let input: Block
    private static let inputByteCount = 1 << 16
    private var isAtEnd = false
    /// Within the data of a member, whose end must come.
    private var isInside = false
    private var hasMember = false
    private var unpacked = 0

    /// nil if the system has no memory.
    init?(_ source: any ByteStream, _ form: Form) {
        guard let input = Block(byteCount: InflatedStream.inputByteCount) else { return nil }
        (self.source, self.form, self.input) = (source, form, input)
        state.initialize(to: z_stream())
        // 15 is the largest window; 16 more means gzip, the negative number bare data.
        let bits: Int32 = form == .gzip ? 15 + 16 : -15
        isInside = form == .deflate
        guard inflateInit2_(state, bits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    }

    deinit {
        inflateEnd(state)
        state.deallocate()
    }

    func read(into base: UnsafeMutableRawPointer, count: Int) throws(StreamMistake) -> Int {
        let limit = min(count, Int(UInt32.max) / 2)
        state.pointee.next_out = base.assumingMemoryBound(to: UInt8.self)
        state.pointee.avail_out = UInt32(limit)
        while !isAtEnd, state.pointee.avail_out == UInt32(limit) {
            let hasInput = try refill()
            if !isInside, try !beginMember(hasInput) { break }
            switch inflate(state, Z_NO_FLUSH) {
            case Z_OK: break
            case Z_BUF_ERROR:
                // Nothing to read and nothing left to give.
                if !hasInput { throw .cutShort(after: unpacked) }
            case Z_STREAM_END:
                isInside = false
                if form == .deflate { isAtEnd = true }
            case Z_MEM_ERROR: throw .system(12)
            default:
                let words = state.pointee.msg.map { String(cString: $0) } ?? "no deflate data"
                throw words == "incorrect data check" ? .checksum : .damaged(after: unpacked, words)
            }
        }
        let got = limit - Int(state.pointee.avail_out)
        unpacked += got
        return got
    }

    /// Whether there is input, asking for more where there is none.
    private func refill() throws(StreamMistake) -> Bool {
        if state.pointee.avail_in > 0 { return true }
        let got = try source.read(into: input.base, count: InflatedStream.inputByteCount)
        state.pointee.next_in = input.base.assumingMemoryBound(to: UInt8.self)
        state.pointee.avail_in = UInt32(got)
        return got > 0
    }

    /// Looks what follows: another member, nothing, or zeros that pad a tape's block. False at the end.
    private func beginMember(_ hasInput: Bool) throws(StreamMistake) -> Bool {
        let isFirst = !hasMember
        if !hasInput {
            if isFirst { throw .notGzip }
            isAtEnd = true
            return false
        }
        let first = state.pointee.next_in.pointee
        if first == 0x1F {
            if isFirst {
                guard state.pointee.avail_in < 2 || state.pointee.next_in[1] == 0x8B else { throw .notGzip }
            } else {
                inflateReset(state)
            }
            (isInside, hasMember) = (true, true)
            return true
        }
        if isFirst { throw .notGzip }
        guard first == 0 else { throw .damaged(after: unpacked, "something else stands behind the data") }
        while try refill() {
            guard state.pointee.next_in.pointee == 0 else { throw .damaged(after: unpacked, "something else stands behind the data") }
            state.pointee.next_in += 1
            state.pointee.avail_in -= 1
        }
        isAtEnd = true
        return false
    }
}

/// The checksum of zip archives.
enum CRC32 {
    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        var (sum, at) = (crc32(0, nil, 0), 0)
        while at < bytes.count {
            let count = min(bytes.count - at, 1 << 30)
            sum = crc32(sum, bytes.baseAddress?.advanced(by: at).assumingMemoryBound(to: UInt8.self), UInt32(count))
            at += count
        }
        return UInt32(sum)
    }
}

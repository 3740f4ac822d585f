import Diagnostics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A text read a window at a time, each of whole lines: what is larger than memory is read in a constant part of it. It may be a file, a gzip
/// file, which is unpacked as it is read, or a pipe.
final class FileWindows {
    private let file: OpenedFile
    private let stream: any ByteStream
    /// The byte that told that the last window is not the end.
    private var ahead: UInt8?
    private var byteCount: Int
    /// Whether it is a pipe whose bytes are taken as they come.
    private let isLive: Bool
    /// Read, but left to the next window.
    private var carry: [UInt8] = []
    private var offset = 0
    private var firstLine = 1
    /// Whether the last window ends where the file does.
    private(set) var isAtEnd = false

    /// - Parameter byteCount: of a window; more only where a line is longer.
    /// Errors: E10xx (no such file, neither a regular file nor a pipe).
    init(_ path: String, byteCount: Int, sink: DiagnosticSink) throws(Stopped) {
        file = try OpenedFile(path, at: nil, isFromCommandLine: true, takesPipes: true, sink: sink)
        stream = try file.stream(sink: sink)
        isLive = file.byteCount == nil && !file.isGzip
        self.byteCount = max(byteCount, 1)
    }

    /// The next lines; nil behind the last. Errors: E10xx (no text, not readable), E3902.
    func next(sink: DiagnosticSink) throws(Stopped) -> DataFile? {
        // All that has been read is read again: it did not hold a header.
        let isFirst = offset == carry.count
        while true {
            let (bytes, count) = try fill(sink: sink)
            if count == 0 { return isFirst ? try refused(DataFile(name: file.name, bytes: []), isFirst: true, sink: sink) : nil }
            var end = count
            if !isAtEnd {
                end = bytes.withUnsafeBufferPointer { $0[..<count].lastIndex(of: UInt8(ascii: "\n")) }.map { $0 + 1 } ?? 0
                carry = bytes[end..<count]
                if end == 0 {
                    byteCount *= 2
                    continue
                }
            }
            return try refused(file(bytes.shortened(to: end)), isFirst: isFirst, sink: sink)
        }
    }

    /// Leaves the end of a window, the last that was given, to the next one, and gives what remains of it; nil if that is nothing, and then
    /// the next window is larger.
    func giveBack(_ file: DataFile, from end: Int) -> DataFile? {
        carry = file.bytes[end..<file.bytes.count] + carry
        firstLine = file.firstLine
        isAtEnd = false
        guard end > 0 else {
            byteCount *= 2
            return nil
        }
        return self.file(file.bytes.shortened(to: end))
    }

    private func file(_ bytes: FileBytes) -> DataFile {
        let survey = bytes.withUnsafeBufferPointer { TextSurvey($0, threads: Team.coreCount) }
        defer { firstLine += survey.lineFeeds.reduce(0, +) }
        return DataFile(name: file.name, bytes: bytes, survey: survey, firstLine: firstLine)
    }

    private func refused(_ file: DataFile, isFirst: Bool, sink: DiagnosticSink) throws(Stopped) -> DataFile {
        guard let refusal = isFirst ? FileRefusal.first(of: file) : FileRefusal.badText(in: file) else { return file }
        // Blank so far is not yet empty.
        if case .empty = refusal, !isAtEnd { return file }
        throw sink.fail(.refused(refusal, file, at: nil))
    }

    /// Whether whoever writes into the pipe makes a pause behind a line: its rows are then given without waiting for a window's worth. Rows are the
    /// same however they are divided.
    private func waits(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.contains(UInt8(ascii: "\n")) else { return false }
        var request = pollfd(fd: file.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, FileWindows.pauseMilliseconds) == 0
    }

    private static let pauseMilliseconds: Int32 = 200

    /// What was left over and as many bytes more as a window has; fewer where a pipe makes a pause.
    private func fill(sink: DiagnosticSink) throws(Stopped) -> (FileBytes, count: Int) {
        let capacity = carry.count + byteCount
        guard let bytes = FileBytes(count: capacity) else { throw sink.fail(.noMemoryForData(file.name, capacity)) }
        let kept = carry.count
        var count = kept
        let base = UnsafeMutableRawPointer(mutating: bytes.base)
        carry.withUnsafeBytes { if let source = $0.baseAddress { base.copyMemory(from: source, byteCount: $0.count) } }
        if let ahead {
            base.storeBytes(of: ahead, toByteOffset: count, as: UInt8.self)
            count += 1
        }
        ahead = nil
        var isWaiting = false
        do throws(StreamMistake) {
            while count < capacity, !isWaiting {
                let got = try stream.read(into: base + count, count: capacity - count)
                if got == 0 { break }
                count += got
                isWaiting = isLive && count < capacity && waits(UnsafeRawBufferPointer(start: base, count: count))
            }
            // One byte more tells whether the file goes on.
            var more: UInt8 = 0
            if count == capacity, try stream.read(into: &more, count: 1) == 1 { ahead = more }
        } catch {
            throw sink.fail(file.broken(error, at: nil))
        }
        isAtEnd = ahead == nil && !isWaiting
        offset += count - kept
        carry = []
        return (bytes, count)
    }
}

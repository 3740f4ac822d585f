import Diagnostics
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A data file in memory: its name as the user wrote it and its bytes, which are UTF-8 without NUL.
package final class DataFile: Sendable {
    package let name: String
    package let bytes: FileBytes
    let survey: TextSurvey
    /// Physical line at which `bytes` begin: above 1 for a stretch of a larger file.
    let firstLine: Int

    /// - Parameter stretch: no more bytes are read at a time by one thread, for tests; at least 4.
    package init(name: String, bytes: [UInt8], stretch: Int = 1 << 18) {
        self.name = name
        self.bytes = FileBytes(bytes)
        survey = self.bytes.withUnsafeBufferPointer { TextSurvey($0, stretch: max(stretch, 4), threads: 1) }
        firstLine = 1
    }

    init(name: String, bytes: FileBytes, survey: TextSurvey, firstLine: Int = 1) {
        self.name = name
        self.bytes = bytes
        self.survey = survey
        self.firstLine = firstLine
    }

    /// Reads a file, unpacked if its name ends in .gz, and refuses what is no text table.
    ///
    /// - Parameter takesPipes: whether it may be a pipe, or `-` for the standard input.
    /// Errors: E10xx, E3991; `place` is where the spec or the command line names the file.
    package static func open(
        _ path: String, at place: SourceRange?, isFromCommandLine: Bool = false, takesPipes: Bool = false, threads: Int = Team.coreCount,
        memoryLimit: MemoryLimit = MemoryLimit(), sink: DiagnosticSink
    ) throws(Stopped) -> DataFile {
        let opened = try OpenedFile(path, at: place, isFromCommandLine: isFromCommandLine, takesPipes: takesPipes, sink: sink)
        let file: DataFile
        if let byteCount = opened.byteCount { try memoryLimit.check(opened.name, takes: byteCount, at: place, sink: sink) }
        if let byteCount = opened.byteCount, !opened.isGzip {
            guard let bytes = FileBytes(count: byteCount) else { throw sink.fail(.noMemoryForData(path, byteCount)) }
            let (survey, count, refused) = content(opened.descriptor, into: bytes, threads: threads)
            if let refused { throw sink.fail(.fileNotRead(opened.name, words: words(refused), at: place)) }
            file = DataFile(name: opened.name, bytes: count < bytes.count ? bytes.shortened(to: count) : bytes, survey: survey)
        } else {
            let bytes = try opened.unpackedBytes(at: place, memoryLimit: memoryLimit, sink: sink)
            file = DataFile(name: opened.name, bytes: bytes, survey: bytes.withUnsafeBufferPointer { TextSurvey($0, threads: threads) })
        }
        if opened.hasChanged { throw sink.fail(.fileChanged(opened.name, at: place)) }
        if let refusal = FileRefusal.first(of: file) { throw sink.fail(.refused(refusal, file, at: place)) }
        return file
    }

    /// Whether the bytes are UTF-8 without NUL.
    package var isCleanText: Bool { survey.isCleanText }

    private static func words(_ number: Int32) -> String { String(cString: strerror(number)) }

    /// Reads a file and looks it over in one go, while each stretch is still near the processor.
    ///
    /// - Returns: the bytes there are, fewer if the file shrinks meanwhile, and errno if the system refuses.
    private static func content(_ descriptor: Int32, into bytes: FileBytes, threads: Int) -> (TextSurvey, byteCount: Int, refused: Int32?) {
        let shortest = Atomic<Int>(bytes.count)
        let refused = Atomic<Int32>(0)
        func fill(_ base: UnsafeMutableRawPointer, _ range: Range<Int>) {
            var at = range.lowerBound
            while at < range.upperBound {
                let got = pread(descriptor, base + at, range.upperBound - at, off_t(at))
                if got < 0, errno == EINTR { continue }
                if got < 0 { refused.store(errno, ordering: .relaxed) }
                if got <= 0 {
                    shortest.min(at, ordering: .relaxed)
                    (base + at).initializeMemory(as: UInt8.self, repeating: 0, count: range.upperBound - at)
                    return
                }
                at += got
            }
        }
        let survey = bytes.withMutableBytes { base in
            bytes.withUnsafeBufferPointer { text in
                nonisolated(unsafe) let base = base
                return TextSurvey(text, threads: threads) { fill(base, $0) }
            }
        }
        let count = shortest.load(ordering: .relaxed)
        let number = refused.load(ordering: .relaxed)
        guard number == 0, count < bytes.count else { return (survey, count, number == 0 ? nil : number) }
        return (bytes.shortened(to: count).withUnsafeBufferPointer { TextSurvey($0, threads: 1) }, count, nil)
    }

    /// Physical line of an offset, from 1.
    ///
    /// Complexity: linear; for messages only.
    package func line(of offset: Int) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            var line = firstLine
            for byte in bytes[..<min(max(offset, 0), bytes.count)] where byte == UInt8(ascii: "\n") { line += 1 }
            return line
        }
    }

    /// A stretch of the file as a range of an excerpt that holds its (first) line.
    package func range(_ lower: Int, _ upper: Int) -> SourceRange {
        let lower = min(max(lower, 0), bytes.count)
        var start = lower
        while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        var end = lower
        let limit = min(bytes.count, max(lower, upper) + 400)
        while end < limit, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        let excerpt = SourceFile(name: name, bytes: bytes[start..<end], firstLine: line(of: lower))
        return SourceRange(excerpt, lower - start, max(lower - start, min(upper, end) - start))
    }
}

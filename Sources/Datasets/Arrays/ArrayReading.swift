import Diagnostics
import SpecLanguage

extension ArrayFile {
    /// Opens an array: an .npy or .idx file, or one array of an .npz, each also gzipped. Elements are not copied unless they were packed.
    ///
    /// Errors: E100x (the file), E103x (packed data), E104x (arrays).
    static func open(
        _ name: DataFileName, at place: SourceRange?, isFromCommandLine: Bool, takesPipes: Bool, memoryLimit: MemoryLimit, sink: DiagnosticSink
    ) throws(Stopped) -> ArrayFile {
        let opened = try OpenedFile(name.path, at: place, isFromCommandLine: isFromCommandLine, takesPipes: takesPipes, sink: sink)
        let bytes = try opened.arrayBytes(at: place, memoryLimit: memoryLimit, sink: sink)
        if bytes.count == 0 { throw sink.fail(.emptyArrayFile(opened.name, at: place)) }
        if let refusal = FileRefusal.opening(bytes.bytes), bytes.loss(at: place) == nil {
            throw sink.fail(.refusedArray(refusal, opened.name, at: place))
        }
        let file: ArrayFile
        if name.format == .npz {
            file = try member(name.member, of: bytes, opened.name, at: place, memoryLimit: memoryLimit, sink: sink)
        } else {
            file = try array(bytes, 0, bytes.count, name: opened.name, isIDX: name.format == .idx, at: place, sink: sink)
        }
        return file
    }

    private static func member(
        _ name: String?, of bytes: ArrayBytes, _ file: String, at place: SourceRange?, memoryLimit: MemoryLimit, sink: DiagnosticSink
    ) throws(Stopped) -> ArrayFile {
        let found: (bytes: ArrayBytes, offset: Int)
        let member: ZipArchive.Member
        do throws(ArchiveMistake) {
            let archive = try ZipArchive(bytes.bytes)
            // One array needs no name.
            let only = archive.members.count == 1 ? archive.arrayNames.first : nil
            member = try archive.member(ofArray: name ?? only ?? "")
            found = try archive.contents(member, of: bytes, limit: memoryLimit.byteCount)
        } catch {
            if case .tooLarge(let member, let count) = error, count <= Machine.memoryByteCount {
                try memoryLimit.check("\(file)#\(member)", takes: count, at: place, sink: sink)
            }
            throw sink.fail(bytes.loss(at: place) ?? .archiveRefused(file, error, at: place))
        }
        if let loss = bytes.loss(at: place) { throw sink.fail(loss) }
        return try array(
            found.bytes, found.offset, member.byteCount, name: name.map { "\(file)#\($0)" } ?? file, isIDX: false, at: place, sink: sink)
    }

    private static func array(
        _ bytes: ArrayBytes, _ start: Int, _ count: Int, name: String, isIDX: Bool, at place: SourceRange?, sink: DiagnosticSink
    ) throws(Stopped) -> ArrayFile {
        do throws(ArrayMistake) {
            let own = UnsafeRawBufferPointer(rebasing: bytes.bytes[start..<start + count])
            if isIDX {
                let header = try IDXHeader(own)
                return try ArrayFile(
                    name: name, bytes: bytes, offset: start + header.offset, element: header.element, shape: header.shape, isFortran: false
                ).checked()
            }
            let header = try NPYHeader(own)
            return try ArrayFile(
                name: name, bytes: bytes, offset: start + header.offset, element: header.element, shape: header.shape, isFortran: header.isFortran
            ).checked()
        } catch {
            throw sink.fail(bytes.loss(at: place) ?? .arrayRefused(name, error, isIDX: isIDX, at: place))
        }
    }

    static let largestWidth = 1_000_000

    /// Whether its rows can be rows of a table.
    private func checked() throws(ArrayMistake) -> ArrayFile {
        guard !shape.isEmpty else { throw .rankZero }
        guard rows > 0, !shape.contains(0) else { throw .noRows }
        guard width <= ArrayFile.largestWidth else { throw .tooWide(width) }
        return self
    }
}

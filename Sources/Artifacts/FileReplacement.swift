import Diagnostics
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Files are replaced, never edited: new text goes into a temporary file of the same folder, reaches the disk, and takes the old
/// one's place by a rename. At any kill or full disk the old content or the new stands there, whole.
package enum FileReplacement {
    /// Replaces several files of one folder, or of folders in it. No old file is touched before every new one is safe on the disk.
    ///
    /// Missing folders are made. Errors: E3702 for the folder, E3703 for a file; nothing half written is left.
    /// Returns the sizes of the files in bytes.
    ///
    /// - Parameter isOne: whether all are to be replaced or none, even if the process or the system dies between two renames: whoever comes next
    ///   calls `finish`.
    /// - Parameter removing: files that the new ones leave no room for; with `isOne` alone.
    @discardableResult
    package static func write(
        _ files: [(name: String, content: Content)], in folder: String, asOne isOne: Bool = false, removing: [String] = [], sink: DiagnosticSink
    ) throws(Stopped) -> [Int] {
        var folders: [String] = []
        for (name, _) in files {
            let parent = FileSystem.parent("\(folder)/\(name)")
            if !folders.contains(parent) { folders.append(parent) }
        }
        for folder in folders {
            do throws(SystemError) {
                try FileSystem.makeFolder(folder)
            } catch {
                throw sink.fail(.cannotMakeFolder(folder, error))
            }
        }
        var temporaries: [String] = []
        defer { for path in temporaries { unlink(path) } }
        // Many are written before the first of them is synced: the first fsync then carries most of the others along.
        var written: [(name: String, descriptor: Int32)] = []
        defer { for file in written { close(file.descriptor) } }
        func syncWritten() throws(Stopped) {
            for file in written where fsync(file.descriptor) != 0 && errno != EINVAL {
                throw sink.fail(.cannotWrite("\(folder)/\(file.name)", .last))
            }
            for file in written { close(file.descriptor) }
            written = []
        }
        var sizes: [Int] = []
        // What is announced is safe on the disk along with the rest; its rename is what counts.
        let announced = [
            (name: announcement, content: Content.bytes(Array(announcementText(files.map(\.name) + removing.map { removal + $0 }).utf8)))
        ]
        let all = isOne ? files + announced : files
        for (name, content) in all {
            let path = "\(folder)/\(temporaryName(name, process: getpid()))"
            temporaries.append(path)
            do throws(SystemError) {
                let (descriptor, size) = try create(path, content)
                written.append((name, descriptor))
                sizes.append(size)
            } catch {
                throw sink.fail(.cannotWrite("\(folder)/\(name)", error))
            }
            if written.count == mostOpen { try syncWritten() }
        }
        try syncWritten()
        if isOne, let temporary = temporaries.last {
            guard rename(temporary, "\(folder)/\(announcement)") == 0 else { throw sink.fail(.cannotWrite("\(folder)/\(announcement)", .last)) }
            syncFolder(folder)
        }
        defer { if isOne { unlink("\(folder)/\(announcement)") } }
        for ((name, _), temporary) in zip(files, temporaries) where rename(temporary, "\(folder)/\(name)") != 0 {
            throw sink.fail(.cannotWrite("\(folder)/\(name)", .last))
        }
        temporaries = []
        if isOne { for name in removing { unlink("\(folder)/\(name)") } }
        for folder in folders { syncFolder(folder) }
        return Array(sizes.prefix(files.count))
    }

    /// Files held open at once: systems give a process 256 and more.
    private static let mostOpen = 100

    /// "a/b.json" -> "a/.b.json.123.tmp".
    private static func temporaryName(_ name: String, process: Int32) -> String {
        var parts = name.split(separator: "/").map(String.init)
        parts[parts.count - 1] = ".\(parts[parts.count - 1]).\(process).tmp"
        return parts.joined(separator: "/")
    }

    /// What a file is to hold.
    package enum Content {
        case bytes([UInt8])
        /// Calls `emit` with one piece after the other.
        case pieces((_ emit: (_ piece: [UInt8]) -> Void) -> Void)
    }

    /// Whether a file holds this content already.
    static func isSame(_ content: Content, as path: String) -> Bool {
        guard let there = try? FileSystem.read(path) else { return false }
        switch content {
        case .bytes(let bytes): return bytes == there
        case .pieces(let make):
            var at = 0
            var isSame = true
            make { piece in
                isSame = isSame && at + piece.count <= there.count && there[at..<at + piece.count].elementsEqual(piece)
                at += piece.count
            }
            return isSame && at == there.count
        }
    }

    /// A new file with the given content, still open, and its size.
    private static func create(_ path: String, _ content: Content) throws(SystemError) -> (descriptor: Int32, size: Int) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else { throw .last }
        var size = 0
        var error: SystemError?
        func put(_ piece: [UInt8]) {
            guard error == nil else { return }
            error = write(piece, to: descriptor)
            size += piece.count
        }
        switch content {
        case .bytes(let bytes): put(bytes)
        case .pieces(let make): make(put)
        }
        guard let error else { return (descriptor, size) }
        close(descriptor)
        throw error
    }

    /// nil if all is written.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> SystemError? {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { unsafe in
                #if canImport(Glibc)
                Glibc.write(descriptor, unsafe.baseAddress! + written, unsafe.count - written)
                #elseif canImport(Musl)
                Musl.write(descriptor, unsafe.baseAddress! + written, unsafe.count - written)
                #else
                Darwin.write(descriptor, unsafe.baseAddress! + written, unsafe.count - written)
                #endif
            }
            if count < 0 {
                if errno == EINTR { continue }
                return .last
            }
            written += count
        }
        return nil
    }

    // MARK: Several files as one

    /// While it stands in a folder, files that belong together are being renamed there, and those that are not yet count as being in place: the
    /// process, then a name each line.
    private static let announcement = ".replacing"
    /// Before the name of a file that goes.
    private static let removal = "-"

    private static func announcementText(_ names: [String]) -> String { (["\(getpid())"] + names).joined(separator: "\n") + "\n" }

    /// Whether a replacement of several files is under way, or was broken off.
    static func isUnfinished(_ folder: String) -> Bool { FileSystem.kind("\(folder)/\(announcement)") != nil }

    /// Does the renames that are left of a replacement that was broken off.
    ///
    /// - Parameter isOwn: whether a name may stand in an announcement.
    /// Precondition: nobody else replaces files in the folder.
    static func finish(_ folder: String, isOwn: (_ name: String) -> Bool) {
        guard let bytes = try? FileSystem.read("\(folder)/\(announcement)") else { return }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        if let process = lines.first.flatMap({ Int32($0) }) {
            for line in lines.dropFirst() where line.hasPrefix(removal) && isOwn(String(line.dropFirst())) { unlink("\(folder)/\(line.dropFirst())") }
            for name in lines.dropFirst() where isOwn(name) && !name.hasPrefix("../") {
                rename("\(folder)/\(temporaryName(name, process: process))", "\(folder)/\(name)")
            }
        }
        syncFolder(folder)
        unlink("\(folder)/\(announcement)")
    }

    /// Takes away the temporary files of processes that are no more.
    ///
    /// - Parameter isOwn: whether a name is one of ours.
    static func clean(_ folder: String, isOwn: (_ name: String) -> Bool) {
        for name in FileSystem.names(in: folder) where name.hasPrefix(".") && name.hasSuffix(".tmp") {
            let parts = name.dropFirst().dropLast(4).split(separator: ".", omittingEmptySubsequences: false)
            guard let process = parts.last.flatMap({ Int32($0) }), process > 0, isOwn(parts.dropLast().joined(separator: ".")) else { continue }
            if process != getpid(), kill(process, 0) != 0, errno == ESRCH { unlink("\(folder)/\(name)") }
        }
    }

    /// The renames reach the disk. A file system that cannot sync a folder has nothing more to offer, so its refusal is no error.
    private static func syncFolder(_ folder: String) {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}

extension Diagnostic {
    static func cannotMakeFolder(_ folder: String, _ error: SystemError) -> Diagnostic {
        Diagnostic("E3702", "cannot make the folder \(folder): \(error.words)", fix: error.advice)
    }

    static func cannotWrite(_ path: String, _ error: SystemError) -> Diagnostic {
        Diagnostic("E3703", "cannot write \(path): \(error.words)", notes: ["what stood there before is untouched"], fix: error.advice)
    }
}

extension SystemError {
    /// What a user can do about it.
    var advice: String? {
        switch number {
        case EACCES, EPERM, EROFS: "choose a folder you may write to with --output, or change its permissions"
        case ENOSPC, EDQUOT: "free some space, or choose another disk with --output"
        case ENOTDIR, EISDIR, EEXIST:
            "a file stands where a folder is wanted, or the other way round: move it away, or choose another place with --output"
        case ENAMETOOLONG: "choose a shorter name"
        case EFBIG: "raise the limit on the size of files (`ulimit -f`)"
        default: nil
        }
    }
}

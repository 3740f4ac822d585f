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
    /// Replaces several files of one folder. No old file is touched before every new one is safe on the disk.
    ///
    /// Missing folders are made. Errors: E3702 for the folder, E3703 for a file; nothing half written is left.
    /// Returns the sizes of the files in bytes.
    @discardableResult
    package static func write(_ files: [(name: String, content: Content)], in folder: String, sink: DiagnosticSink) throws(Stopped) -> [Int] {
        do throws(SystemError) {
            try FileSystem.makeFolder(folder)
        } catch {
            throw sink.fail(.cannotMakeFolder(folder, error))
        }
        var temporaries: [String] = []
        defer { for path in temporaries { unlink(path) } }
        var descriptors: [Int32] = []
        defer { for descriptor in descriptors { close(descriptor) } }
        var sizes: [Int] = []
        for (name, content) in files {
            let path = "\(folder)/.\(name).\(getpid()).tmp"
            temporaries.append(path)
            do throws(SystemError) {
                let (descriptor, size) = try create(path, content)
                descriptors.append(descriptor)
                sizes.append(size)
            } catch {
                throw sink.fail(.cannotWrite("\(folder)/\(name)", error))
            }
        }
        // All are written before the first is synced: the first fsync then carries most of the others along.
        for ((name, _), descriptor) in zip(files, descriptors) where fsync(descriptor) != 0 && errno != EINVAL {
            throw sink.fail(.cannotWrite("\(folder)/\(name)", .last))
        }
        for ((name, _), temporary) in zip(files, temporaries) where rename(temporary, "\(folder)/\(name)") != 0 {
            throw sink.fail(.cannotWrite("\(folder)/\(name)", .last))
        }
        temporaries = []
        syncFolder(folder)
        return sizes
    }

    /// What a file is to hold.
    package enum Content {
        case bytes([UInt8])
        /// Calls `emit` with one piece after the other.
        case pieces((_ emit: (_ piece: [UInt8]) -> Void) -> Void)
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

import Datasets
import Diagnostics
import Training
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Why a checkpoint cannot be used, in words that follow its name.
struct CheckpointProblem: Error { let words: String }

/// A file of checkpoint/: a state of a training as safetensors. The metadata hold the version and the state's JSON; the last tensor, "sha256", is the
/// digest of all bytes before it, in hexadecimal digits.
///
/// A reader owns its descriptor and closes it.
final class CheckpointFile {
    static let format = "nnspec-checkpoint"
    static let version = "1"
    private static let digestByteCount = 64
    private static let pieceByteCount = 1 << 20

    let identity: RunIdentity
    let state: TrainingState
    private let descriptor: Int32
    private let tensors: [String: Safetensors.Entry]
    private let dataStart: Int

    // MARK: Writing

    /// The bytes of a checkpoint, in pieces.
    static func content(_ identity: RunIdentity, _ state: TrainingState, _ tensors: [StateTensor]) -> FileReplacement.Content {
        let epochs = EpochTable.numbers(state.progress.epochs)
        var list = tensors.map { (name: $0.name, type: Safetensors.type($0), shape: $0.shape, byteCount: $0.bytes.count) }
        list.append((EpochTable.name, "F64", EpochTable.shape(state.progress.epochs), epochs.count * 8))
        list.append(("sha256", "U8", [digestByteCount], digestByteCount))
        let header = Safetensors.header(
            list, metadata: [("format", format), ("version", version), ("state", CheckpointText.text(identity, state))])
        return .pieces { emit in
            var sum = SHA256()
            func put(_ bytes: UnsafeRawBufferPointer) {
                sum.update(bytes)
                for lower in stride(from: 0, to: bytes.count, by: pieceByteCount) {
                    emit(Array(UnsafeRawBufferPointer(rebasing: bytes[lower..<min(lower + pieceByteCount, bytes.count)])))
                }
            }
            header.withUnsafeBytes(put)
            for tensor in tensors { put(UnsafeRawBufferPointer(tensor.bytes)) }
            epochs.withUnsafeBytes(put)
            emit(Array(sum.hexDigest().utf8))
        }
    }

    // MARK: Reading

    /// Opens and checks a file.
    init(_ path: String) throws(CheckpointProblem) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw CheckpointProblem(words: "cannot be read: \(SystemError.last.words)") }
        do throws(CheckpointProblem) {
            (identity, state, tensors, dataStart) = try Self.read(descriptor)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Copies the file's tensors to those of a trainer. Errors: they are not the same.
    func load(_ wanted: [StateTensor]) throws(CheckpointProblem) {
        for tensor in wanted {
            guard let entry = tensors[tensor.name], entry.type == Safetensors.type(tensor), entry.shape == tensor.shape,
                entry.range.count == tensor.bytes.count
            else { throw CheckpointProblem(words: "does not hold \(tensor.name) as this network has it") }
        }
        for tensor in wanted {
            guard let entry = tensors[tensor.name] else { continue }
            guard Self.read(descriptor, at: dataStart + entry.range.lowerBound, into: tensor.bytes) else {
                throw CheckpointProblem(words: "cannot be read: \(SystemError.last.words)")
            }
        }
    }

    private typealias Content = (identity: RunIdentity, state: TrainingState, tensors: [String: Safetensors.Entry], dataStart: Int)

    private static func read(_ descriptor: Int32) throws(CheckpointProblem) -> Content {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw CheckpointProblem(words: "is no file") }
        let byteCount = Int(status.st_size)
        let damaged = CheckpointProblem(words: "is damaged or cut short: its checksum does not agree")
        guard byteCount > digestByteCount + 8, checksumAgrees(descriptor, byteCount) else { throw damaged }
        guard let length = bytes(descriptor, 0..<8).map({ $0.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }),
            length <= UInt64(min(byteCount - 8, Safetensors.headerLimit)), let json = bytes(descriptor, 8..<8 + Int(length)),
            let (metadata, tensors) = Safetensors.entries(json, dataByteCount: byteCount - 8 - Int(length)), metadata["format"] == format
        else { throw CheckpointProblem(words: "is no checkpoint of nnspec") }
        guard let found = metadata["version"], found == version else {
            throw CheckpointProblem(words: "has version \(metadata["version"] ?? "?"), this nnspec reads version \(version)")
        }
        let dataStart = 8 + Int(length)
        guard let entry = tensors[EpochTable.name], entry.type == "F64", entry.range.count % 8 == 0,
            let raw = bytes(descriptor, dataStart + entry.range.lowerBound..<dataStart + entry.range.upperBound),
            let epochs = EpochTable.epochs(
                raw.withUnsafeBytes { raw in stride(from: 0, to: raw.count, by: 8).map { raw.loadUnaligned(fromByteOffset: $0, as: Double.self) } },
                shape: entry.shape),
            let (identity, state) = metadata["state"].flatMap({ CheckpointText.read($0, epochs: epochs) })
        else { throw CheckpointProblem(words: "holds no state that a training can have") }
        return (identity, state, tensors, dataStart)
    }

    private static func checksumAgrees(_ descriptor: Int32, _ byteCount: Int) -> Bool {
        var sum = SHA256()
        let end = byteCount - digestByteCount
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceByteCount, alignment: 64)
        defer { piece.deallocate() }
        for lower in stride(from: 0, to: end, by: pieceByteCount) {
            let part = UnsafeMutableRawBufferPointer(rebasing: piece[..<min(pieceByteCount, end - lower)])
            guard read(descriptor, at: lower, into: part) else { return false }
            sum.update(UnsafeRawBufferPointer(part))
        }
        return bytes(descriptor, end..<byteCount) == Array(sum.hexDigest().utf8)
    }

    private static func bytes(_ descriptor: Int32, _ range: Range<Int>) -> [UInt8]? {
        var isRead = false
        let result = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            isRead = read(descriptor, at: range.lowerBound, into: UnsafeMutableRawBufferPointer(buffer))
            count = isRead ? range.count : 0
        }
        return isRead ? result : nil
    }

    /// Fills a stretch of memory from a place of the file; false if it ends too soon or the system refuses.
    private static func read(_ descriptor: Int32, at offset: Int, into target: UnsafeMutableRawBufferPointer) -> Bool {
        guard let base = target.baseAddress else { return true }
        var count = 0
        while count < target.count {
            let got = pread(descriptor, base + count, target.count - count, off_t(offset + count))
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return false }
            count += got
        }
        return true
    }
}

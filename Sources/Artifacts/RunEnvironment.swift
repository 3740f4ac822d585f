import Datasets
import Diagnostics
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// run.json: all that may differ between two runs of the same spec.
public struct RunEnvironment: Sendable {
    public var version: String
    public var threads: Int
    public var durationSeconds: Double
    /// What identifies the data files.
    public var dataDigest: [DataDigest]

    public init(version: String, threads: Int, durationSeconds: Double, dataDigest: [DataDigest] = []) {
        self.version = version
        self.threads = threads
        self.durationSeconds = durationSeconds
        self.dataDigest = dataDigest
    }

    /// The text of run.json; the start is now less the duration.
    ///
    /// - Parameter halvings: the epochs in which the learning rate was halved.
    func text(folder: String, halvings: [Int] = []) -> String {
        var lines = [
            "\"version\": \(JSONText.quoted(version))", "\"host\": \(JSONText.quoted(RunEnvironment.hostName))", "\"threads\": \(threads)",
            "\"started\": \"\(RunEnvironment.timestamp(secondsAgo: durationSeconds))\"", "\"duration_seconds\": \(JSONText.number(durationSeconds))",
        ]
        if let commit = GitHead.commit(above: folder) { lines.append("\"git_commit\": \"\(commit)\"") }
        lines.append("\"git_dirty\": \(GitHead.isDirty(above: folder).map { "\($0)" } ?? "null")")
        if !dataDigest.isEmpty {
            let digests = dataDigest.map { "\(JSONText.quoted($0.file)): \($0.digest.map(JSONText.quoted) ?? "null")" }
            lines.append("\"data_digest\": {\(digests.joined(separator: ", "))}")
        }
        if !halvings.isEmpty { lines.append("\"learning_rate_halved_in_epochs\": \(JSONText.array(halvings.map(String.init)))") }
        return "{\n  " + lines.joined(separator: ",\n  ") + "\n}\n"
    }

    /// What run.json says identifies the data files; nil if it says nothing that can be read.
    package static func dataDigests(ofRun folder: String) -> [String?]? {
        guard let bytes = try? FileSystem.read("\(folder)/run.json"), let document = try? JSONReader.read(bytes),
            case .object(let members) = document.kind,
            case .object(let files)? = members.first(where: { $0.key == "data_digest" })?.value.kind
        else { return nil }
        return files.map { if case .string(let digest) = $0.value.kind { digest } else { nil } }
    }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// ISO 8601 in UTC, to the second.
    static func timestamp(secondsAgo: Double) -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let ago = secondsAgo.isFinite ? Int(min(max(secondsAgo, 0), 1e9)) : 0
        var moment = now.tv_sec - ago
        var fields = tm()
        gmtime_r(&moment, &fields)
        func padded(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(fields.tm_year + 1900)-\(padded(fields.tm_mon + 1))-\(padded(fields.tm_mday))T"
            + "\(padded(fields.tm_hour)):\(padded(fields.tm_min)):\(padded(fields.tm_sec))Z"
    }
}

/// The commit that is checked out around a folder, read from .git without git.
enum GitHead {
    static func commit(above folder: String) -> String? {
        guard let repository = repository(above: folder)?.git, let head = line(repository + "/HEAD") else { return nil }
        guard head.hasPrefix("ref: ") else { return isCommit(head) ? head : nil }
        let reference = String(head.dropFirst(5))
        // The references of a linked worktree live in the main repository.
        var homes = [repository]
        if let common = line(repository + "/commondir") { homes.append(common.hasPrefix("/") ? common : repository + "/" + common) }
        for home in homes {
            if let commit = line("\(home)/\(reference)"), isCommit(commit) { return commit }
            if let commit = packed(reference, in: home) { return commit }
        }
        return nil
    }

    /// Whether tracked files differ from the commit, those of the run folder itself aside; files that are not tracked do not count.
    ///
    /// nil where the index alone cannot tell: none, another version than 2, something added to it and not committed.
    static func isDirty(above folder: String) -> Bool? {
        guard commit(above: folder) != nil, let (git, workTree, start) = repository(above: folder) else { return nil }
        var status = stat()
        guard stat(git + "/index", &status) == 0, let bytes = try? FileSystem.read(git + "/index"), let index = GitIndex(bytes) else { return nil }
        // A folder that does not exist yet has no tracked files.
        let ignored = FileSystem.kind(folder) == .folder ? String(decoding: start.utf8.dropFirst(workTree.utf8.count + 1), as: UTF8.self) : ""
        if index.hasChanges(in: workTree, writtenAt: GitIndex.modified(status), ignoring: ignored) { return true }
        return index.isWhole ? false : nil
    }

    /// The .git folder of the nearest work tree, that tree, and the folder itself without links.
    private static func repository(above folder: String) -> (git: String, workTree: String, folder: String)? {
        guard let resolved = realpath(FileSystem.nearestExisting(folder), nil) else { return nil }
        defer { free(resolved) }
        let start = String(cString: resolved)
        var at = start
        while true {
            let candidate = (at == "/" ? "" : at) + "/.git"
            switch FileSystem.kind(candidate) {
            case .folder: return (candidate, at == "/" ? "" : at, start)
            case .file:
                guard let pointer = line(candidate), pointer.hasPrefix("gitdir: ") else { return nil }
                let target = String(pointer.dropFirst(8))
                return (target.hasPrefix("/") ? target : at + "/" + target, at, start)
            default: break
            }
            if at == "/" { return nil }
            at = FileSystem.parent(at)
        }
    }

    private static func packed(_ reference: String, in home: String) -> String? {
        guard let bytes = try? FileSystem.read(home + "/packed-refs") else { return nil }
        for line in bytes.split(separator: UInt8(ascii: "\n"))
        where line.count == reference.utf8.count + 41 && line.dropFirst(41).elementsEqual(reference.utf8) {
            let commit = String(decoding: line.prefix(40), as: UTF8.self)
            if isCommit(commit) { return commit }
        }
        return nil
    }

    /// The first line of a small file.
    private static func line(_ path: String) -> String? {
        guard let bytes = try? FileSystem.read(path) else { return nil }
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }, as: UTF8.self)
    }

    private static func isCommit(_ text: String) -> Bool { text.utf8.count == 40 && text.allSatisfy { $0.isHexDigit } }
}

import Diagnostics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the machine has, as far as this process may use it.
package enum Machine {
    package struct Memory: Equatable, Sendable {
        package var byteCount: Int
        /// Whether a control group, such as a container has, allows less than there is.
        package var isLimited: Bool

        package init(byteCount: Int, isLimited: Bool) { (self.byteCount, self.isLimited) = (byteCount, isLimited) }

        /// As messages call what has the memory.
        package var owner: String { isLimited ? "this container (its control group)" : "this machine" }
    }

    /// What is larger can never be held.
    package static var memory: Memory { memory(builtIn: builtIn, ControlGroups()) }
    package static var memoryByteCount: Int { memory.byteCount }

    package static func memory(builtIn: Int, _ groups: ControlGroups) -> Memory {
        guard let limit = groups.memoryLimit, limit < builtIn else { return Memory(byteCount: builtIn, isLimited: false) }
        return Memory(byteCount: limit, isLimited: true)
    }

    private static var builtIn: Int {
        let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
        let (bytes, isOver) = pages.multipliedReportingOverflow(by: size)
        return pages <= 0 || size <= 0 || isOver ? Int.max / 4 : bytes
    }
}

/// How many bytes data may take while they are read: what `--max-memory` allows, and never more than the machine has.
package struct MemoryLimit: Sendable {
    let byteCount: Int
    /// As messages call it, with a verb.
    let owner: String

    /// - Parameter asked: `--max-memory`; nil if it is not given.
    package init(_ asked: Int? = nil) {
        let memory = Machine.memory
        if let asked, asked < memory.byteCount {
            (byteCount, owner) = (asked, "--max-memory allows")
        } else {
            (byteCount, owner) = (memory.byteCount, "\(memory.owner) has")
        }
    }

    /// Before the memory is taken. Errors: E3991.
    func check(_ name: String, takes byteCount: Int, at place: SourceRange?, sink: DiagnosticSink) throws(Stopped) {
        if byteCount > self.byteCount { throw sink.fail(.overReadingLimit(name, byteCount, self, at: place)) }
    }
}

extension Diagnostic {
    static func overReadingLimit(_ name: String, _ byteCount: Int, _ limit: MemoryLimit, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E3991", "to read \(name) takes \(byteCount) bytes at least, and \(limit.owner) \(limit.byteCount)", at: place,
            notes: ["training holds its data in memory; predict and evaluate read CSV and JSON lines piece by piece"],
            fix: "train on a part of its rows, leave columns out, or allow more memory")
    }
}

/// The control groups that this process is in, of which Linux makes containers and services.
///
/// Source: cgroups(7); Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst of Linux.
package struct ControlGroups {
    /// Which groups, one line for each hierarchy: `0::/user.slice/x` (version 2), `5:memory:/docker/x` (version 1).
    package var membership: String
    /// Where the hierarchies are mounted.
    package var mount: String

    package init(membership: String = "/proc/self/cgroup", mount: String = "/sys/fs/cgroup") { (self.membership, self.mount) = (membership, mount) }

    /// The least that the process's own groups and those above them allow; nil if none of them sets a limit.
    package var memoryLimit: Int? {
        guard let lines = text(of: membership) else { return nil }
        var limits: [Int] = []
        for line in lines.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let isUnified = fields[0] == "0" && fields[1].isEmpty
            guard isUnified || fields[1].split(separator: ",").contains("memory") else { continue }
            let (root, file) = isUnified ? (mount, "memory.max") : (mount + "/memory", "memory.limit_in_bytes")
            // Within a container the path may be that of the host, of which the container sees the root alone.
            var group = fields[2]
            while true {
                if let limit = text(of: root + (group == "/" ? "" : group) + "/" + file).flatMap(Self.number) { limits.append(limit) }
                guard let slash = group.lastIndex(of: "/"), group.count > 1 else { break }
                group = slash == group.startIndex ? "/" : group[..<slash]
            }
        }
        return limits.min()
    }

    /// "max" is none, and neither is what version 1 writes for it, which is beyond any memory.
    private static func number(_ text: String) -> Int? { Int(text.prefix { $0 != "\n" }) }

    private func text(of path: String) -> String? {
        let descriptor = OpenedFile.open(path)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(descriptor, &bytes, bytes.count)
        return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
    }
}

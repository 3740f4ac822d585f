#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The index of a git work tree, as far as it tells whether tracked files have changed. Source: gitformat-index(5), version 2.
struct GitIndex {
    struct Entry {
        var path: [UInt8]
        var mode: UInt32
        var modifiedSeconds: UInt32
        var modifiedNanoseconds: UInt32
        var byteCount: UInt32
        var name: ArraySlice<UInt8>
        var isAssumedUnchanged: Bool
    }

    let entries: [Entry]
    /// Whether nothing has been added to the index since its tree was last written, as a commit or a checkout does.
    let isWhole: Bool

    /// nil for another version, an index split over two files, or anything else that cannot be read.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 32, bytes.starts(with: "DIRC".utf8), GitIndex.word(bytes, 4) == 2 else { return nil }
        let (end, count) = (bytes.count - 20, Int(GitIndex.word(bytes, 8)))
        var at = 12
        var entries: [Entry] = []
        for _ in 0..<count {
            guard at + 62 < end else { return nil }
            let flags = UInt16(bytes[at + 60]) << 8 | UInt16(bytes[at + 61])
            guard let nul = bytes[(at + 62)..<end].firstIndex(of: 0) else { return nil }
            // A conflict of a merge leaves several stages of one path.
            guard flags & 0x7000 == 0 else { return nil }
            entries.append(
                Entry(
                    path: Array(bytes[(at + 62)..<nul]), mode: GitIndex.word(bytes, at + 24), modifiedSeconds: GitIndex.word(bytes, at + 8),
                    modifiedNanoseconds: GitIndex.word(bytes, at + 12), byteCount: GitIndex.word(bytes, at + 36),
                    name: bytes[(at + 40)..<(at + 60)], isAssumedUnchanged: flags & 0x8000 != 0))
            at += (nul - at) / 8 * 8 + 8
        }
        var isWhole = false
        while at + 8 <= end {
            let kind = String(decoding: bytes[at..<at + 4], as: UTF8.self)
            let size = Int(GitIndex.word(bytes, at + 4))
            guard size <= end - at - 8 else { return nil }
            // The root: an empty path, NUL, then its number of entries, -1 once something was added.
            if kind == "TREE" { isWhole = size > 2 && bytes[at + 8] == 0 && bytes[at + 9] != UInt8(ascii: "-") }
            // Extensions in capitals may be skipped; others change what the entries mean.
            guard kind.utf8.first.map({ $0 >= 0x41 && $0 <= 0x5A }) == true else { return nil }
            at += 8 + size
        }
        guard at == end else { return nil }
        self.entries = entries
        self.isWhole = isWhole
    }

    private static func word(_ bytes: [UInt8], _ at: Int) -> UInt32 { bytes[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) } }

    /// Whether a tracked file differs from what was added last; files below `ignored` (a path in the work tree, "" for none) do not count.
    func hasChanges(in workTree: String, writtenAt: (seconds: Int, nanoseconds: Int), ignoring ignored: String) -> Bool {
        let prefix = Array((ignored + "/").utf8)
        return entries.contains { entry in
            !(ignored.isEmpty ? false : entry.path.starts(with: prefix)) && GitIndex.isChanged(entry, in: workTree, writtenAt)
        }
    }

    private static func isChanged(_ entry: Entry, in workTree: String, _ writtenAt: (seconds: Int, nanoseconds: Int)) -> Bool {
        let kind = entry.mode & 0o170000
        // Submodules have their own index.
        guard !entry.isAssumedUnchanged, kind == 0o100000 || kind == 0o120000 else { return false }
        let path = workTree + "/" + String(decoding: entry.path, as: UTF8.self)
        var status = stat()
        guard lstat(path, &status) == 0, UInt32(status.st_mode & S_IFMT) == kind else { return true }
        let isSameSize = UInt32(truncatingIfNeeded: status.st_size) == entry.byteCount
        // git stores 0 where it cannot rely on the size.
        if !isSameSize, entry.byteCount != 0 { return true }
        let (seconds, nanoseconds) = modified(status)
        let isSameTime =
            UInt32(truncatingIfNeeded: seconds) == entry.modifiedSeconds
            && (entry.modifiedNanoseconds == 0 || UInt32(truncatingIfNeeded: nanoseconds) == entry.modifiedNanoseconds)
        // A file written when the index was may have been written once more within the same tick.
        let isOlder = (seconds, nanoseconds) < writtenAt
        if isSameSize, isSameTime, isOlder { return false }
        return blobName(path, isLink: kind == 0o120000).map { !$0.elementsEqual(entry.name) } ?? true
    }

    static func modified(_ status: stat) -> (seconds: Int, nanoseconds: Int) {
        #if canImport(Darwin)
        (status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec)
        #else
        (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        #endif
    }

    /// The name git gives to a file's content.
    private static func blobName(_ path: String, isLink: Bool) -> [UInt8]? {
        var content: [UInt8]
        if isLink {
            content = [UInt8](repeating: 0, count: 4097)
            let count = content.withUnsafeMutableBytes { readlink(path, $0.baseAddress!.assumingMemoryBound(to: CChar.self), 4096) }
            guard count >= 0 else { return nil }
            content.removeSubrange(count...)
        } else {
            guard let bytes = try? FileSystem.read(path) else { return nil }
            content = bytes
        }
        return SHA1.digest(Array("blob \(content.count)\0".utf8) + content)
    }
}

/// SHA-1, for the names of git's objects only. Source: FIPS 180-4.
enum SHA1 {
    static func digest(_ message: [UInt8]) -> [UInt8] {
        var bytes = message + [0x80]
        bytes += [UInt8](repeating: 0, count: (120 - bytes.count % 64) % 64)
        withUnsafeBytes(of: UInt64(message.count * 8).bigEndian) { bytes += $0 }
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        var w = [UInt32](repeating: 0, count: 80)
        bytes.withUnsafeBytes { bytes in
            for block in stride(from: 0, to: bytes.count, by: 64) {
                for index in 0..<16 { w[index] = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: block + index * 4, as: UInt32.self)) }
                for index in 16..<80 { w[index] = turned(w[index - 3] ^ w[index - 8] ^ w[index - 14] ^ w[index - 16], 1) }
                var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
                for index in 0..<80 {
                    let (mixed, constant): (UInt32, UInt32) =
                        switch index / 20 {
                        case 0: (b & c | ~b & d, 0x5A82_7999)
                        case 1: (b ^ c ^ d, 0x6ED9_EBA1)
                        case 2: (b & c | b & d | c & d, 0x8F1B_BCDC)
                        default: (b ^ c ^ d, 0xCA62_C1D6)
                        }
                    (a, b, c, d, e) = (turned(a, 5) &+ mixed &+ e &+ constant &+ w[index], a, turned(b, 30), c, d)
                }
                for (index, value) in [a, b, c, d, e].enumerated() { state[index] &+= value }
            }
        }
        return state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
    }

    private static func turned(_ word: UInt32, _ count: UInt32) -> UInt32 { word << count | word >> (32 - count) }
}

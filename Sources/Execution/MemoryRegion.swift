#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A block of zeroed, cache-line-aligned bytes with one owner.
///
/// @unchecked: the bytes are written by the thread pool, whose parts touch disjoint stretches and which is waited for before anyone reads.
public final class MemoryRegion: @unchecked Sendable {
    public let base: UnsafeMutableRawPointer
    public let byteCount: Int

    /// From here on a region lies in large pages, where the system has such: a step that reads a whole network would look up an address of a small
    /// page every four kilobytes.
    private static let largePageByteCount = 2 << 20

    /// nil if the system has no such memory to give.
    public init?(byteCount: Int) {
        var pointer: UnsafeMutableRawPointer?
        let isLarge = byteCount >= 2 * MemoryRegion.largePageByteCount
        let alignment = isLarge ? MemoryRegion.largePageByteCount : 64
        guard byteCount >= 0, posix_memalign(&pointer, alignment, max(byteCount, 64)) == 0, let pointer else { return nil }
        #if os(Linux)
        // Only a wish: what it answers changes nothing.
        if isLarge { _ = madvise(pointer, byteCount, MADV_HUGEPAGE) }
        #endif
        memset(pointer, 0, max(byteCount, 64))
        base = pointer
        self.byteCount = byteCount
    }

    deinit { free(base) }
}

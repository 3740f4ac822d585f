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

    /// nil if the system has no such memory to give.
    public init?(byteCount: Int) {
        var pointer: UnsafeMutableRawPointer?
        guard byteCount >= 0, posix_memalign(&pointer, 64, max(byteCount, 64)) == 0, let pointer else { return nil }
        memset(pointer, 0, max(byteCount, 64))
        base = pointer
        self.byteCount = byteCount
    }

    deinit { free(base) }
}

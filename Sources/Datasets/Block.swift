#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A block of memory with one owner: the bytes of a file, the columns of a table, a matrix. Not zeroed.
///
/// @unchecked: written by those who make it, each thread a stretch of its own, and only read after it is handed on.
package final class Block: @unchecked Sendable {
    package let base: UnsafeMutableRawPointer
    package let byteCount: Int

    /// nil if the system has no such memory to give.
    package init?(byteCount: Int) {
        // Large blocks come in large pages where the system has them: 4 KiB at a time the first touch of a file costs more than its reading.
        let isLarge = byteCount >= 4 << 20
        var pointer: UnsafeMutableRawPointer?
        guard byteCount >= 0, posix_memalign(&pointer, isLarge ? 2 << 20 : 64, max(byteCount, 64)) == 0, let pointer else { return nil }
        #if os(Linux)
        if isLarge { madvise(pointer, byteCount, MADV_HUGEPAGE) }
        #endif
        base = pointer
        self.byteCount = byteCount
    }

    deinit { free(base) }
}

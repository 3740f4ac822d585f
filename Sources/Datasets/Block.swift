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

    /// What the system gave, where it was asked itself and not the allocator.
    private let mapping: (base: UnsafeMutableRawPointer, byteCount: Int)?
    private static let pageByteCount = 2 << 20

    /// nil if the system has no such memory to give.
    package init?(byteCount: Int) {
        guard byteCount >= 0 else { return nil }
        self.byteCount = byteCount
        guard byteCount >= 256 << 10 else {
            var pointer: UnsafeMutableRawPointer?
            guard posix_memalign(&pointer, 64, max(byteCount, 64)) == 0, let pointer else { return nil }
            base = pointer
            mapping = nil
            return
        }
        // From the system itself, so that it goes back there at once: an allocator may keep it, and the memory plan would not hold.
        let isLarge = byteCount >= 2 * Block.pageByteCount
        let (whole, isOver) = byteCount.addingReportingOverflow(isLarge ? Block.pageByteCount : 0)
        guard !isOver, let map = mmap(nil, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | Int32(MAP_ANON), -1, 0), map != MAP_FAILED else { return nil }
        mapping = (map, whole)
        guard isLarge else {
            base = map
            return
        }
        // Large blocks come in large pages where the system has them: 4 KiB at a time the first touch of a file costs more than its reading.
        base = map + (Block.pageByteCount - Int(bitPattern: map) % Block.pageByteCount) % Block.pageByteCount
        #if os(Linux)
        madvise(base, byteCount / Block.pageByteCount * Block.pageByteCount, MADV_HUGEPAGE)
        #endif
    }

    deinit {
        if let mapping { munmap(mapping.base, mapping.byteCount) } else { free(base) }
    }
}

import Diagnostics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The bytes of an array file: mapped from the file, so that nothing is copied and the system may drop them again, or unpacked into memory.
///
/// @unchecked: never written after it is made, but by the handler of SIGBUS: see `MappedFiles`.
final class ArrayBytes: @unchecked Sendable {
    let base: UnsafeRawPointer
    let count: Int
    private let block: Block?
    /// The file whose own bytes these are; nil for unpacked ones.
    private let mapping: (file: OpenedFile, entry: UnsafeMutablePointer<MappedFiles.Entry>)?

    /// nil if the system refuses; `errno` tells why. Precondition: the file has `count` bytes.
    init?(mapping file: OpenedFile, count: Int) {
        guard let base = mmap(nil, max(count, 1), PROT_READ, MAP_PRIVATE, file.descriptor, 0), base != MAP_FAILED else { return nil }
        self.base = UnsafeRawPointer(base)
        self.count = count
        mapping = (file, MappedFiles.add(base, max(count, 1)))
        block = nil
    }

    /// The first `count` bytes of a block. Precondition: they have been written.
    init(_ block: Block, count: Int) {
        base = UnsafeRawPointer(block.base)
        (self.count, mapping, self.block) = (count, nil, block)
    }

    deinit {
        guard let mapping else { return }
        MappedFiles.remove(mapping.entry)
        munmap(UnsafeMutableRawPointer(mutating: base), max(count, 1))
    }

    /// Whether the bytes are the file's own.
    var isMapped: Bool { mapping != nil }

    /// What became of the file since it was opened; nil: nothing, so what was read from it is right.
    func loss(at place: SourceRange?) -> Diagnostic? {
        guard let (file, entry) = mapping else { return nil }
        if file.hasChanged { return .fileChanged(file.name, at: place) }
        return MappedFiles.wasLost(entry) ? .fileNotRead(file.name, words: String(cString: strerror(EIO)), at: place) : nil
    }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    func starts(with prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }
}

/// An array in a file: the kind of its numbers, its shape, and where they lie.
struct ArrayFile {
    /// As the user named it, with `#name` for one of an archive.
    let name: String
    let bytes: ArrayBytes
    /// Offset of the first element.
    let offset: Int
    let element: ArrayElement
    let shape: [Int]
    /// Whether the first index runs fastest (Fortran) and not the last (C).
    let isFortran: Bool

    var rows: Int { shape.first ?? 1 }
    /// Numbers of a row: the product of all extents but the first.
    var width: Int { shape.dropFirst().reduce(1, *) }

    /// Bytes from one row to the next.
    var rowStride: Int { isFortran ? element.byteCount : width * element.byteCount }

    /// Bytes from the first element to the one of row 0 and column `column`, the columns counted with the last index fastest.
    func columnOffset(_ column: Int) -> Int {
        guard isFortran else { return column * element.byteCount }
        var (rest, offset) = (column, 0)
        var strides: [Int] = []
        var stride = 1
        for extent in shape {
            strides.append(stride)
            stride *= extent
        }
        for axis in shape.indices.dropFirst().reversed() {
            offset += rest % shape[axis] * strides[axis]
            rest /= shape[axis]
        }
        return offset * element.byteCount
    }

    func numbers(_ column: Int) -> ColumnNumbers {
        ColumnNumbers(bytes.base + offset + columnOffset(column), count: rows, stride: rowStride, element: element)
    }

    /// Bytes that the elements of a shape take; nil beyond what a machine can address.
    static func byteCount(_ shape: [Int], _ element: ArrayElement) -> Int? {
        var count = element.byteCount
        for extent in shape {
            let (product, isOver) = count.multipliedReportingOverflow(by: extent)
            if isOver { return nil }
            count = product
        }
        return count
    }
}

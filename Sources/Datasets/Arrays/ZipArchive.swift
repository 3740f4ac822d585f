/// What is wrong with an archive.
enum ArchiveMistake: Error, Equatable {
    case notAnArchive([UInt8])
    /// No directory at its end: it was cut short, or something was written behind it.
    case noDirectory
    case damaged(String)
    case encrypted(String)
    case method(String, Int)
    case noMember(String, among: [String])
    case checksum(String)
    case cutShort(String)
    case tooLarge(String, byteCount: Int)
    case noMemory(Int)
}

/// The directory of a zip archive (APPNOTE 6.3.10, zip64 included) in memory. Whatever it claims is checked against the bytes there are.
struct ZipArchive {
    struct Member: Equatable {
        let name: String
        let isEncrypted: Bool
        let method: Int
        let checksum: UInt32
        let packedByteCount: Int
        let byteCount: Int
        /// Of its local header.
        let offset: Int
    }

    private let bytes: UnsafeRawBufferPointer
    let members: [Member]

    /// Precondition: the bytes outlive the archive.
    init(_ bytes: UnsafeRawBufferPointer) throws(ArchiveMistake) {
        self.bytes = bytes
        let first = ZipArchive.number(bytes, 0, 4)
        guard first == 0x0403_4B50 || first == 0x0605_4B50 else { throw .notAnArchive(Array(bytes.prefix(8))) }
        let directory = try ZipArchive.directory(bytes)
        var members: [Member] = []
        var at = directory.offset
        for _ in 0..<directory.count {
            guard ZipArchive.number(bytes, at, 4) == 0x0201_4B50, let member = ZipArchive.member(bytes, at) else {
                throw .damaged("its directory is no list of members")
            }
            members.append(member.value)
            at = member.end
        }
        self.members = members
    }

    /// Little-endian, of up to eight bytes; nil beyond the end, or beyond what an Int holds.
    private static func number(_ bytes: UnsafeRawBufferPointer, _ offset: Int, _ size: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - size else { return nil }
        var value: UInt64 = 0
        for index in (0..<size).reversed() { value = value << 8 | UInt64(bytes[offset + index]) }
        return Int(exactly: value)
    }

    /// Where the directory begins, and how many members it has.
    private static func directory(_ bytes: UnsafeRawBufferPointer) throws(ArchiveMistake) -> (offset: Int, count: Int) {
        // Behind the end record stands a comment of at most 65,535 bytes.
        var end = bytes.count - 22
        while end >= 0, end >= bytes.count - 22 - 0xFFFF {
            if number(bytes, end, 4) == 0x0605_4B50, number(bytes, end + 20, 2) == bytes.count - end - 22 { break }
            end -= 1
        }
        guard end >= 0, end >= bytes.count - 22 - 0xFFFF, var count = number(bytes, end + 10, 2), var offset = number(bytes, end + 16, 4) else {
            throw .noDirectory
        }
        if number(bytes, end - 20, 4) == 0x0706_4B50, let large = number(bytes, end - 12, 8), number(bytes, large, 4) == 0x0606_4B50,
            let largeCount = number(bytes, large + 32, 8), let largeOffset = number(bytes, large + 48, 8)
        {
            (count, offset) = (largeCount, largeOffset)
        }
        // A member takes 46 bytes of the directory at least.
        guard offset <= bytes.count, count <= (bytes.count - offset) / 46 else { throw .damaged("its directory lies outside of the file") }
        return (offset, count)
    }

    private static func member(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> (value: Member, end: Int)? {
        guard let flags = number(bytes, at + 8, 2), let method = number(bytes, at + 10, 2), let checksum = number(bytes, at + 16, 4),
            var packed = number(bytes, at + 20, 4), var size = number(bytes, at + 24, 4), let nameLength = number(bytes, at + 28, 2),
            let extraLength = number(bytes, at + 30, 2), let commentLength = number(bytes, at + 32, 2), var offset = number(bytes, at + 42, 4)
        else { return nil }
        let nameEnd = at + 46 + nameLength
        let end = nameEnd + extraLength + commentLength
        guard end <= bytes.count else { return nil }
        // zip64: what does not fit in 32 bits stands in an extra field, in this order.
        var field = nameEnd
        while field + 4 <= nameEnd + extraLength, let kind = number(bytes, field, 2), let length = number(bytes, field + 2, 2) {
            if kind == 1 {
                var next = field + 4
                func wide(_ value: inout Int) -> Bool {
                    guard value == 0xFFFF_FFFF else { return true }
                    guard next + 8 <= field + 4 + length, let found = number(bytes, next, 8) else { return false }
                    (value, next) = (found, next + 8)
                    return true
                }
                guard wide(&size), wide(&packed), wide(&offset) else { return nil }
            }
            field += 4 + length
        }
        let name = String(decoding: bytes[(at + 46)..<nameEnd], as: UTF8.self)
        return (
            Member(
                name: name, isEncrypted: flags & 1 != 0, method: method, checksum: UInt32(checksum), packedByteCount: packed, byteCount: size,
                offset: offset), end
        )
    }

    /// The names of the arrays: those of the members without .npy.
    var arrayNames: [String] { members.map { $0.name.hasSuffix(".npy") ? String($0.name.dropLast(4)) : $0.name } }

    func member(ofArray name: String) throws(ArchiveMistake) -> Member {
        // Of two members of one name the last is the newer.
        guard let index = arrayNames.lastIndex(where: { $0.utf8.elementsEqual(name.utf8) }) else { throw .noMember(name, among: arrayNames) }
        return members[index]
    }

    /// Where the bytes of a member lie, packed as they are.
    private func packed(_ member: Member) throws(ArchiveMistake) -> UnsafeRawBufferPointer {
        guard ZipArchive.number(bytes, member.offset, 4) == 0x0403_4B50, let name = ZipArchive.number(bytes, member.offset + 26, 2),
            let extra = ZipArchive.number(bytes, member.offset + 28, 2)
        else { throw .damaged("member \(member.name) is not where the directory says") }
        let start = member.offset + 30 + name + extra
        guard start <= bytes.count, member.packedByteCount <= bytes.count - start else { throw .cutShort(member.name) }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<start + member.packedByteCount])
    }

    /// The bytes of a member: a stretch of the archive's own if it is stored, else unpacked. The checksum is verified.
    ///
    /// - Parameters:
    ///   - owner: owns the archive's bytes, and is kept by what is given.
    ///   - limit: unpacked bytes at most.
    func contents(
        _ member: Member, of owner: ArrayBytes, limit: Int = Machine.memoryByteCount
    ) throws(ArchiveMistake) -> (bytes: ArrayBytes, offset: Int) {
        if member.isEncrypted { throw .encrypted(member.name) }
        let packed = try packed(member)
        switch member.method {
        case 0:
            guard member.packedByteCount == member.byteCount else { throw .damaged("member \(member.name) has two sizes") }
            guard CRC32.of(packed) == member.checksum else { throw .checksum(member.name) }
            return (owner, packed.baseAddress.map { $0 - owner.base } ?? 0)
        case 8:
            // Deflate makes at most 1032 bytes of one: what claims more was not made by it.
            guard member.byteCount / 1032 <= member.packedByteCount + 1 else {
                throw .damaged("member \(member.name) claims to be larger than it can be")
            }
            guard member.byteCount <= limit else { throw .tooLarge(member.name, byteCount: member.byteCount) }
            return (try inflated(packed, member), 0)
        default: throw .method(member.name, member.method)
        }
    }

    private func inflated(_ packed: UnsafeRawBufferPointer, _ member: Member) throws(ArchiveMistake) -> ArrayBytes {
        guard let block = Block(byteCount: member.byteCount + 1), let stream = InflatedStream(MemoryStream(packed), .deflate) else {
            throw .noMemory(member.byteCount)
        }
        let count: Int
        do throws(StreamMistake) {
            // One byte more than it says, so that what goes on is noticed.
            count = try stream.fill(block.base, count: member.byteCount + 1)
        } catch {
            if case .cutShort = error { throw .cutShort(member.name) }
            throw .damaged("member \(member.name) is no deflate data")
        }
        guard count == member.byteCount else { throw .damaged("member \(member.name) has another size than the directory says") }
        guard CRC32.of(UnsafeRawBufferPointer(start: block.base, count: count)) == member.checksum else { throw .checksum(member.name) }
        return ArrayBytes(block, count: count)
    }
}

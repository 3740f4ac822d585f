import Diagnostics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

// What can be wrong with packed bytes.
extension Diagnostic {
    package static func streamBroken(_ name: String, _ mistake: StreamMistake, at place: SourceRange?) -> Diagnostic {
        let again = "copy or download it again; `gzip -t` tells whether it is whole"
        func damaged(_ words: String, notes: [String] = []) -> Diagnostic {
            Diagnostic("E1032", "data file \(name) is damaged: its gzip data \(words)", at: place, notes: notes, fix: again)
        }
        switch mistake {
        case .system(let number): return .fileNotRead(name, words: String(cString: strerror(number)), at: place)
        case .notGzip:
            return Diagnostic(
                "E1030", "data file \(name) is not gzip data, though its name ends in .gz", at: place,
                fix: "remove .gz from its name, or pack it with `gzip`")
        case .cutShort(let count):
            return Diagnostic(
                "E1031", "data file \(name) is cut short: its gzip data end after \(Shown.count(count, "unpacked byte")), within a member", at: place,
                fix: again)
        case .damaged(let count, let words):
            return damaged("are wrong after \(Shown.count(count, "unpacked byte"))", notes: ["zlib says: \(words)"])
        case .checksum: return damaged("have another checksum than they are to have")
        case .tooLarge(let count): return tooLargeUnpacked(name, count, at: place)
        }
    }

    static func tooLargeUnpacked(_ name: String, _ byteCount: Int, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1033",
            "data file \(name) is larger than the memory of \(Machine.memory.owner) when it is unpacked: at least \(byteCount) bytes, "
                + "of \(Machine.memory.byteCount) there are",
            at: place, fix: "check where it comes from; if it is meant, unpack it and take a part of its rows")
    }

    static func archiveRefused(_ name: String, _ mistake: ArchiveMistake, at place: SourceRange?) -> Diagnostic {
        func damaged(_ words: String) -> Diagnostic {
            Diagnostic(
                "E1036", "npz file \(name) is damaged: \(words)", at: place, fix: "copy or download it again, or save it anew with `numpy.savez`")
        }
        func otherwise(_ member: String, _ words: String) -> Diagnostic {
            Diagnostic(
                "E1037", "member \(member) of npz file \(name) is \(words)", at: place,
                fix: "save the arrays again with `numpy.savez` or `numpy.savez_compressed`")
        }
        switch mistake {
        case .notAnArchive(let bytes):
            return Diagnostic(
                "E1034", "data file \(name) is no npz file: it begins with \(Shown.bytes(bytes)), not with the bytes 50 4b 03 04 of a zip archive",
                at: place, fix: "save the arrays with `numpy.savez`, or name the format that it is in with `format`")
        case .noDirectory: return damaged("there is no directory at its end, so it is cut short")
        case .damaged(let words): return damaged(words)
        case .checksum(let member): return damaged("member \(member) has another checksum than it is to have")
        case .cutShort(let member): return damaged("member \(member) ends too early")
        case .encrypted(let member): return otherwise(member, "encrypted")
        case .method(let member, let method):
            return otherwise(member, "packed by method \(method), and only stored (0) and deflated (8) are read")
        case .noMember(let wanted, let names):
            let nearest = Suggestion.nearest(wanted, among: names)
            return Diagnostic(
                "E1035", wanted.isEmpty ? "npz file \(name) holds several arrays" : "array \(Shown.text(wanted)) is not in \(name)", at: place,
                notes: [names.isEmpty ? "it holds no arrays" : "its arrays are: \(Shown.list(names))"],
                fix: nearest.map { "did you mean `\(name)#\($0)`?" } ?? names.first.map { "name one of them, such as `\(name)#\($0)`" })
        case .tooLarge(let member, let count): return tooLargeUnpacked("\(name)#\(member)", count, at: place)
        case .noMemory(let count): return noMemoryForData(name, count)
        }
    }
}

/// How an array that is not read is saved in a way that is.
private enum NPYExport {
    static let ofRecords =
        "save the fields as columns: `pandas.DataFrame(array).to_csv(\"data.csv\", index=False)`; or, if all are numbers, "
        + "`numpy.save(file, numpy.lib.recfunctions.structured_to_unstructured(array))`"

    /// By the letter of the type: `<U10`, `>c16`, `<M8[ns]`.
    static func advice(for type: String) -> String {
        switch type.first(where: \.isLetter) {
        case "U", "S", "a": "save texts as a CSV file: `numpy.savetxt(\"data.csv\", array, fmt=\"%s\", delimiter=\",\")`"
        case "M", "m": "save times as numbers: `numpy.save(file, array.astype(\"int64\"))`"
        case "c": "save both parts: `numpy.save(file, numpy.concatenate([array.real, array.imag], axis=1))`"
        case "f": "save it again with 8 bytes for a number: `numpy.save(file, array.astype(numpy.float64))`"
        case "V": ofRecords
        default: "save it again as numbers: `numpy.save(file, array.astype(numpy.float32))`"
        }
    }
}

// What can be wrong with arrays.
extension Diagnostic {
    static func emptyArrayFile(_ name: String, at place: SourceRange?) -> Diagnostic { emptyFile(name, "0 bytes", at: place) }

    static func refusedArray(_ refusal: FileRefusal, _ name: String, at place: SourceRange?) -> Diagnostic {
        switch refusal {
        case .gzip: gzipUnderAnotherName(name, at: place)
        case .largeFilePointer: pointerOfLargeFile(name, at: place)
        default: webPage(name, at: place)
        }
    }

    static func arrayRefused(_ name: String, _ mistake: ArrayMistake, isIDX: Bool, at place: SourceRange?) -> Diagnostic {
        let format = isIDX ? "idx" : "npy"
        let resave = isIDX ? "write it again" : "save it again with `numpy.save`"
        func otherSize(_ words: String, isShort: Bool) -> Diagnostic {
            Diagnostic(
                "E1041", "\(format) file \(name) \(words)", at: place, fix: isShort ? "it is cut short: copy or download it again" : resave)
        }
        func otherType(_ words: String, fix: String) -> Diagnostic {
            Diagnostic(
                "E1043", "npy file \(name) holds \(words)", at: place,
                notes: ["the types read are bool, u1, i1, u2, i2, u4, i4, u8, i8, f2, f4 and f8, in either byte order"], fix: fix)
        }
        func badHeader(_ words: String) -> Diagnostic { Diagnostic("E1044", words, at: place, fix: resave) }
        func noTable(_ words: String, fix: String?) -> Diagnostic { Diagnostic("E1045", "the array of \(name) \(words)", at: place, fix: fix) }
        switch mistake {
        case .magic(let bytes, let wanted):
            let isTurned = isIDX && bytes.count == 4 && bytes[2] == 0 && bytes[3] == 0
            return Diagnostic(
                "E1040", "data file \(name) is no \(format) file: it begins with \(Shown.bytes(bytes)), not with \(wanted)", at: place,
                notes: isTurned ? ["these bytes look like the magic number of an idx file in little-endian order; idx files are big-endian"] : [],
                fix: isTurned ? "write its header and its numbers in big-endian order" : "check `format`, and where the file comes from")
        case .shortHeader(let found):
            return otherSize("is cut short: its header does not end within its \(Shown.count(found, "byte"))", isShort: true)
        case .size(let wanted, let found, let shape):
            let extents = shape.map(String.init).joined(separator: " x ")
            let bytes = wanted.map { "\(Shown.count($0, "byte"))" } ?? "more bytes than there can be"
            return otherSize(
                "has another size than its header says: \(extents) numbers take \(bytes), behind the header are \(found)",
                isShort: wanted.map { $0 > found } ?? true)
        case .objects:
            return Diagnostic(
                "E1042", "npy file \(name) holds Python objects, not numbers", at: place,
                notes: ["objects are stored with pickle, and reading that means running whatever program stands in the file, so it is never done"],
                fix: "save it again as numbers: `numpy.save(file, array.astype(numpy.float32))`, or as a CSV file if it holds texts")
        case .type(let type):
            return otherType("values of type \(Shown.text(type)), which are no numbers that are read", fix: NPYExport.advice(for: type))
        case .fields(let fields):
            let shown = fields.prefix(8).joined(separator: ", ") + (fields.count > 8 ? " and \(fields.count - 8) more" : "")
            return otherType("records of \(Shown.count(fields.count, "field")), not numbers: \(shown)", fix: NPYExport.ofRecords)
        case .header(let words): return badHeader("the header of npy file \(name) cannot be read: \(words)")
        case .version(let major, let minor):
            return badHeader("npy file \(name) is of version \(major).\(minor), and those known are 1.0, 2.0 and 3.0")
        case .noRows: return noTable("is empty: it has no rows, or rows without numbers", fix: nil)
        case .rankZero: return noTable("is a single number without rows", fix: "save an array whose first index counts the rows")
        case .tooWide(let width):
            return noTable(
                "has rows of \(width) numbers, the limit is \(ArrayFile.largestWidth)",
                fix: "the first index has to count the rows: check the order of the indices")
        }
    }

    static func rowsOfPair(_ inputs: ArrayFile, _ targets: ArrayFile, at place: SourceRange?, inputs other: SourceRange?) -> Diagnostic {
        func shape(_ array: ArrayFile) -> String { array.shape.map(String.init).joined(separator: " x ") }
        return Diagnostic(
            "E1046",
            "\(inputs.name) has \(Shown.count(inputs.rows, "row")) and \(targets.name) has \(targets.rows): they do not belong together", at: place,
            related: other.map { [Label($0, "\(inputs.rows) rows")] } ?? [],
            notes: ["their shapes are \(shape(inputs)) and \(shape(targets)); the first index counts the rows"],
            fix: "check that both files are those of one data set")
    }

    /// - Parameter whose: "the training data", "the model".
    static func widthOfArray(_ name: String, _ width: Int, wanted: Int, _ what: String, of whose: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1047", "\(name) has \(Shown.count(width, "number")) in a row, \(whose) has \(wanted) \(what)", at: place,
            notes: ["arrays have no names, so their numbers are taken in order"], fix: "give an array of the same width")
    }

    static func arrayWithoutTargets(_ name: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1048", "\(name) holds inputs only, and evaluating needs targets to compare with", at: place,
            fix: "name the file of the targets with `--targets FILE`")
    }
}

extension Shown {
    /// "93 4e 55"
    static func bytes(_ bytes: [UInt8]) -> String {
        guard !bytes.isEmpty else { return "nothing" }
        return "the bytes "
            + bytes.map { byte in
                let digits = String(byte, radix: 16)
                return digits.utf8.count < 2 ? "0" + digits : digits
            }.joined(separator: " ")
    }
}

/// to[i][j] = from[j][i] for `rows` rows and `columns` columns of `to`.
@inline(__always)
func transpose(
    _ to: UnsafeMutablePointer<Scalar>, _ toRow: Int, _ from: UnsafePointer<Scalar>, _ fromRow: Int, _ rows: Int, _ columns: Int
) {
    var column = 0
    while column &+ 16 <= columns {
        let (to, from) = (to + column, from + column &* fromRow)
        var row = 0
        while row &+ 16 <= rows {
            transposeSquare(to + row &* toRow, toRow, from + row, fromRow)
            row = row &+ 16
        }
        while row < rows {
            for lane in 0..<16 { to[row &* toRow &+ lane] = from[lane &* fromRow &+ row] }
            row = row &+ 1
        }
        column = column &+ 16
    }
    while column < columns {
        for row in 0..<rows { to[row &* toRow &+ column] = from[column &* fromRow &+ row] }
        column = column &+ 1
    }
}

/// `height` <= 12 rows of A whose column stride is `stride`, as [depth][12].
@inline(__always)
func packTall(_ to: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ stride: Int, _ depth: Int, _ height: Int) {
    if height == 12 {
        for i in 0..<depth {
            let (from, to) = (UnsafeRawPointer(a + i &* stride), UnsafeMutableRawPointer(to + i &* 12))
            let eight = MemoryLayout<SIMD8<Scalar>>.size
            to.storeBytes(of: from.loadUnaligned(as: SIMD8<Scalar>.self), as: SIMD8<Scalar>.self)
            (to + eight).storeBytes(of: (from + eight).loadUnaligned(as: SIMD4<Scalar>.self), as: SIMD4<Scalar>.self)
        }
    } else {
        for i in 0..<depth { copy(to + i &* 12, a + i &* stride, height) }
    }
}

@inline(__always)
func copyRow(_ to: UnsafeMutablePointer<Scalar>, _ from: UnsafePointer<Scalar>, _ count: Int) {
    var i = 0
    while i &+ 16 <= count {
        store(load(from + i), to + i)
        i = i &+ 16
    }
    copy(to + i, from + i, count &- i)
}

/// y[i][j] = x[j][i] for a square of sixteen, four rows of y at a time.
@inline(__always)
private func transposeSquare(_ y: UnsafeMutablePointer<Scalar>, _ yRow: Int, _ x: UnsafePointer<Scalar>, _ xRow: Int) {
    transposeFour(y, yRow, x, xRow)
    transposeFour(y + 4 &* yRow, yRow, x + 4, xRow)
    transposeFour(y + 8 &* yRow, yRow, x + 8, xRow)
    transposeFour(y + 12 &* yRow, yRow, x + 12, xRow)
}

#if FLOAT64
/// Four rows of y from four columns of x.
@inline(__always)
private func transposeFour(_ y: UnsafeMutablePointer<Scalar>, _ yRow: Int, _ x: UnsafePointer<Scalar>, _ xRow: Int) {
    for row in 0..<4 {
        for lane in 0..<16 { y[row &* yRow &+ lane] = x[lane &* xRow &+ row] }
    }
}
#else
/// Two scalars.
private typealias Pairs = SIMD8<UInt64>

/// Four rows of y from four columns of x: quarters of four vectors change places as they are read, then scalars, then pairs are interleaved
/// within the quarters. Each round sees other numbers than the one before; rounds of one kind the compiler would melt into moves of single ones.
@inline(__always)
private func transposeFour(_ y: UnsafeMutablePointer<Scalar>, _ yRow: Int, _ x: UnsafePointer<Scalar>, _ xRow: Int) {
    let (a, b) = (everyFourth(x, xRow), everyFourth(x + xRow, xRow))
    let (c, d) = (everyFourth(x + 2 &* xRow, xRow), everyFourth(x + 3 &* xRow, xRow))
    let (lowAB, lowCD, highAB, highCD) = (low(a, b), low(c, d), high(a, b), high(c, d))
    storePairs(even(lowAB, lowCD), y)
    storePairs(odd(lowAB, lowCD), y + yRow)
    storePairs(even(highAB, highCD), y + 2 &* yRow)
    storePairs(odd(highAB, highCD), y + 3 &* yRow)
}

/// Four scalars each of the rows 0, 4, 8 and 12.
@inline(__always)
private func everyFourth(_ x: UnsafePointer<Scalar>, _ xRow: Int) -> Lanes {
    let (a, b, c, d) = (twoPairs(x), twoPairs(x + 4 &* xRow), twoPairs(x + 8 &* xRow), twoPairs(x + 12 &* xRow))
    return unsafeBitCast(Pairs(lowHalf: SIMD4(lowHalf: a, highHalf: b), highHalf: SIMD4(lowHalf: c, highHalf: d)), to: Lanes.self)
}

@inline(__always)
private func twoPairs(_ p: UnsafePointer<Scalar>) -> SIMD2<UInt64> { UnsafeRawPointer(p).loadUnaligned(as: SIMD2<UInt64>.self) }

@inline(__always)
private func storePairs(_ value: Pairs, _ p: UnsafeMutablePointer<Scalar>) { UnsafeMutableRawPointer(p).storeBytes(of: value, as: Pairs.self) }

/// a0 b0 a1 b1 of each quarter.
@inline(__always)
private func low(_ a: Lanes, _ b: Lanes) -> Pairs {
    unsafeBitCast(
        Lanes(a[0], b[0], a[1], b[1], a[4], b[4], a[5], b[5], a[8], b[8], a[9], b[9], a[12], b[12], a[13], b[13]), to: Pairs.self)
}

/// a2 b2 a3 b3 of each quarter.
@inline(__always)
private func high(_ a: Lanes, _ b: Lanes) -> Pairs {
    unsafeBitCast(
        Lanes(a[2], b[2], a[3], b[3], a[6], b[6], a[7], b[7], a[10], b[10], a[11], b[11], a[14], b[14], a[15], b[15]), to: Pairs.self)
}

@inline(__always)
private func even(_ a: Pairs, _ b: Pairs) -> Pairs { Pairs(a[0], b[0], a[2], b[2], a[4], b[4], a[6], b[6]) }

@inline(__always)
private func odd(_ a: Pairs, _ b: Pairs) -> Pairs { Pairs(a[1], b[1], a[3], b[3], a[5], b[5], a[7], b[7]) }
#endif

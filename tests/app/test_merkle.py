"""The Merkle tree of RFC 6962 against the vectors Certificate Transparency publishes."""

import pytest

from app.record.merkle import includes, inclusion_proof, leaf_hash, tree_hash

LEAVES = [
    leaf_hash(bytes.fromhex(data))
    for data in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
FIRST_OF_EIGHT = (
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
)


@pytest.mark.parametrize("size", range(9))
def test_tree_hash_is_the_published_root(size):
    assert tree_hash(LEAVES[:size]).hex() == ROOTS[size]


def test_inclusion_proof_is_the_published_path():
    assert tuple(each.hex() for each in inclusion_proof(LEAVES, 0)) == FIRST_OF_EIGHT


def trees():
    """Every tree of up to forty leaves with a proof for each of its leaves."""
    leaves = [leaf_hash(bytes([n])) for n in range(40)]
    for size in range(1, 41):
        root = tree_hash(leaves[:size])
        for position in range(size):
            yield leaves, root, size, position, inclusion_proof(leaves[:size], position)


def test_every_inclusion_proof_holds():
    for leaves, root, size, position, proof in trees():
        assert includes(root, leaf=leaves[position], position=position, size=size, proof=proof)


def test_no_proof_holds_for_another_position_or_leaf():
    for leaves, root, size, position, proof in trees():
        for other in range(-1, size + 1):
            if other != position:
                assert not includes(root, leaf=leaves[position], position=other, size=size, proof=proof)
        other_leaf = leaves[(position + 1) % 40]
        assert not includes(root, leaf=other_leaf, position=position, size=size, proof=proof)


def test_no_proof_holds_when_lengthened_or_shortened():
    for leaves, root, size, position, proof in trees():
        leaf = leaves[position]
        for changed in ([*proof, leaf], [leaf, *proof], proof[:-1], proof[1:]):
            if changed != proof:
                assert not includes(root, leaf=leaf, position=position, size=size, proof=changed)


@pytest.mark.parametrize("size", [1, 2, 7, 40])
def test_no_altered_byte_of_proof_leaf_or_root_passes(size):
    leaves = [leaf_hash(bytes([n])) for n in range(size)]
    root, position = tree_hash(leaves), size - 1
    proof = inclusion_proof(leaves, position)

    def holds(root, leaf, proof):
        return includes(root, leaf=leaf, position=position, size=size, proof=proof)

    assert holds(root, leaves[position], proof)
    for byte in range(32):
        assert not holds(altered(root, byte), leaves[position], proof)
        assert not holds(root, altered(leaves[position], byte), proof)
        for n, sibling in enumerate(proof):
            assert not holds(root, leaves[position], [*proof[:n], altered(sibling, byte), *proof[n + 1 :]])


def altered(digest, byte):
    return digest[:byte] + bytes([digest[byte] ^ 1]) + digest[byte + 1 :]


def test_no_leaf_stands_outside_the_tree():
    for position in (-1, 8):
        with pytest.raises(IndexError):
            inclusion_proof(LEAVES, position)
    assert not includes(tree_hash([]), leaf=LEAVES[0], position=0, size=0, proof=[])


def test_leaf_and_node_of_the_same_bytes_differ():
    left, right = LEAVES[:2]

    assert leaf_hash(left + right) != tree_hash([left, right])

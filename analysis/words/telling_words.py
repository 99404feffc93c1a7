"""Words that tell something about the words beside them: titles, kin, and what schools, streets and clubs end with."""

from __future__ import annotations

from typing import Final

TITLES: Final = frozenset("mr mrs miss ms dr sir mx prof professor pc rev imam".split())
KIN: Final = frozenset(
    "mum dad nan nanny gran grandad aunty auntie uncle sister brother cousin mate friend bestie foster carer iro worker"
    " teacher social sw keyworker key boyfriend girlfriend bf gf stepdad stepmum sis bro".split()
)
#: What schools, clubs, streets and other places end with.
SCHOOLS: Final = frozenset(
    "school academy primary high college infants juniors sixth form grammar nursery secondary comp comprehensive uni university pru ysgol".split()
)
STREETS: Final = frozenset(
    "road rd street st close lane avenue ave row drive way court gardens terrace crescent mews grove estate bank rise wharf".split()
)
CLUBS: Final = frozenset(
    "club clubs fc afc rfc cc centre center hall house lodge church chapel mosque temple gurdwara rovers harriers lions tigers otters eagles wanderers athletic"
    " cadets band choir orchestra theatre players gym farm stables scouts guides brownies cubs explorers youth youthy panel rec lido pool cafe café"
    " pantry kitchen stores bakery salon barbers garage grill chippy takeaway hub project trust hospice hospital surgery clinic dental dentist unit ward"
    " rescue sanctuary academy dojo karate judo gymnastics swimming boxing abc barbell rugby netball hockey cricket majorettes cheer dance school"
    " fellowship ministries library museum allotment allotments foodbank hostel refuge foyer nursery plants mill works yard".split()
)
GROUNDS: Final = frozenset(
    "park green bay beach hill wood woods bridge town city utd united castle lake island farm common heath quay".split()
)
ESTABLISHMENTS: Final = SCHOOLS | STREETS | CLUBS | GROUNDS

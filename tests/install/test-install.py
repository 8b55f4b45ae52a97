"""Installs into a folder of its own and looks at what is there; where the system allows it, that folder then
stands in for the prefix, and the programs are run from it.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import configparser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'cli'))
from farecli import TIME_LIMIT, Skip, case, equal, run_cases  # noqa: E402

BUILD = os.environ['TOKENFARE_BUILD']
PREFIX = pathlib.Path(os.environ['TOKENFARE_PREFIX'])
SERVER = pathlib.Path(os.environ['TOKENFARE_LIBEXEC']) / 'tokenfare-server'
ID = 'io.github.tokenfare.Tokenfare'
PROGRAMS = ('tokenfare', 'tokenfare-app', 'tokenfare-tray')

destination = tempfile.TemporaryDirectory(prefix='tokenfare-install-')


def install():
    """Where the files that belong below PREFIX are."""
    root = pathlib.Path(destination.name + str(PREFIX))
    if not root.exists():
        done = subprocess.run(['meson', 'install', '-C', BUILD, '--no-rebuild', '--quiet', '--destdir',
                               destination.name], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    return root


def files(suffix):
    return sorted(path for path in install().rglob('*' + suffix) if path.is_file())


def entry(path):
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str
    parser.read_string(path.read_text(encoding='utf-8'))
    return parser


def installed(path):
    """The copy of a file that will be at PATH."""
    return pathlib.Path(destination.name + str(path))


def run_there(*command, home, **env):
    """Runs COMMAND with the installed files in place of the prefix."""
    if not shutil.which('unshare') or not PREFIX.is_dir():
        raise Skip('nothing can be put in place of ' + str(PREFIX))
    script = 'mount --bind "$1" "$2" && shift 2 && exec "$@"'
    place = ['sh', str(install()), str(PREFIX)]
    # A container may forbid the one or the other.
    for way in ([], ['--map-root-user']):
        line = ['unshare', '--mount', *way, 'sh', '-c']
        if subprocess.run([*line, script, *place, 'true'], capture_output=True, check=False).returncode == 0:
            break
    else:
        raise Skip('no mount namespace to be had here')
    done = subprocess.run([*line, script, *place, *map(str, command)], capture_output=True, check=False, text=True,
                          env=home.env(TOKENFARE_PKGDATA_DIR=None, **env), timeout=TIME_LIMIT)
    assert done.returncode == 0 and not done.stderr, f'{command}: {done.returncode}\n{done.stdout}{done.stderr}'
    return done.stdout


@case('Everything that belongs to it is installed')
def whole(home):
    root = install()
    names = {str(path.relative_to(root)) for path in root.rglob('*') if not path.is_dir()}
    wanted = [f'bin/{program}' for program in PROGRAMS]
    wanted += [f'share/man/man1/{program}.1' for program in PROGRAMS]
    wanted += ['share/bash-completion/completions/tokenfare', 'share/zsh/site-functions/_tokenfare',
               'share/fish/vendor_completions.d/tokenfare.fish', f'share/glib-2.0/schemas/{ID}.gschema.xml',
               'share/tokenfare/models.json', 'share/tokenfare/energy.json', f'share/metainfo/{ID}.metainfo.xml',
               'lib/systemd/user/tokenfare.service', f'share/gnome-shell/search-providers/{ID}.search-provider.ini',
               f'share/icons/hicolor/scalable/apps/{ID}.svg', f'share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg']
    linguas = (pathlib.Path(__file__).parents[2] / 'po' / 'LINGUAS').read_text(encoding='utf-8')
    wanted += [f'share/locale/{language}/LC_MESSAGES/tokenfare.mo'
               for language in re.findall(r'^\w+$', linguas, re.MULTILINE)]
    missing = [name for name in wanted if name not in names]
    assert not missing, missing
    assert installed(SERVER).is_file(), SERVER
    equal({path.name for path in (root / 'bin').iterdir()}, set(PROGRAMS), 'programs')
    equal(list(root.rglob('*.a')) + list(root.rglob('*.h')), [], 'installed without need')


@case('Desktop entries are valid, and name programs and icons that are there')
def entries(home):
    found = files('.desktop')
    assert len(found) == 2, found
    icons = {path.stem for path in files('.svg')}
    for path in found:
        group = entry(path)['Desktop Entry']
        assert (install() / 'bin' / group['Exec'].split()[0]).is_file(), group['Exec']
        assert group['Icon'] in icons, group['Icon']
        assert group.get('Name[de]'), path
        if shutil.which('desktop-file-validate'):
            done = subprocess.run(['desktop-file-validate', str(path)], capture_output=True, check=False)
            assert done.returncode == 0 and not done.stdout, done.stdout.decode()


@case('D-Bus and systemd start programs that are there')
def services(home):
    names = []
    for path in files('.service'):
        unit = entry(path)
        line = unit['D-BUS Service']['Exec'] if 'D-BUS Service' in unit else unit['Service']['ExecStart']
        assert installed(line.split()[0]).is_file(), f'{path}: {line}'
        if 'D-BUS Service' in unit:
            equal(unit['D-BUS Service']['Name'] + '.service', path.name, 'name')
            names.append(path.stem)
    equal(names, [ID + '.Tray', ID], 'names on the bus')
    provider = entry(files('.search-provider.ini')[0])['Shell Search Provider']
    equal(provider['BusName'], ID, 'name')
    assert (install() / 'share' / 'applications' / provider['DesktopId']).is_file()


@case('systemd understands every line of the server’s unit')
def unit(home):
    if not shutil.which('systemd-analyze'):
        raise Skip('systemd-analyze is not here')
    text = (install() / 'lib/systemd/user/tokenfare.service').read_text(encoding='utf-8')
    home.path.joinpath('tokenfare.service').write_text(re.sub('^ExecStart=.*', 'ExecStart=/bin/true', text, flags=re.MULTILINE))
    done = subprocess.run(['systemd-analyze', '--user', '--man=no', 'verify', home.path / 'tokenfare.service'],
                          capture_output=True, check=False, env=home.env(XDG_RUNTIME_DIR=str(home.path)))
    assert done.returncode == 0 and not done.stderr, done.stderr.decode()


@case('The guide is there for help viewers, in each language')
def guide(home):
    folder = install() / 'share' / 'help'
    english = {path.name for path in (folder / 'C' / 'tokenfare').iterdir()}
    assert 'index.page' in english, english
    for language in ('de', 'zh_CN'):
        equal({path.name for path in (folder / language / 'tokenfare').iterdir()}, english, language)
        page = ElementTree.parse(folder / language / 'tokenfare' / 'calendar.page').getroot()
        equal(page.get('{http://www.w3.org/XML/1998/namespace}lang'), language, 'language')


@case('Metainfo is valid, and what it names is there')
def metainfo(home):
    path = files('.metainfo.xml')[0]
    tree = ElementTree.parse(path)
    equal(tree.findtext('id'), ID, 'id')
    for binary in tree.iterfind('provides/binary'):
        assert (install() / 'bin' / binary.text).is_file(), binary.text
    assert (install() / 'share' / 'applications' / tree.findtext('launchable')).is_file()
    version = json.loads(subprocess.run(['meson', 'introspect', '--projectinfo', BUILD], capture_output=True,
                                        check=True).stdout)['version']
    equal(tree.find('releases/release').get('version'), version, 'newest release')
    source = pathlib.Path(__file__).parents[2]
    for image in tree.iterfind('screenshots/screenshot/image'):
        name = re.sub(r'.*/data/', 'data/', image.text)
        header = (source / name).read_bytes()[:24]
        size = [str(int.from_bytes(header[start:start + 4], 'big')) for start in (16, 20)]
        equal([image.get('width'), image.get('height')], size, name)
    if shutil.which('appstreamcli'):
        done = subprocess.run(['appstreamcli', 'validate', '--strict', '--no-net', str(path)], capture_output=True,
                              check=False)
        assert done.returncode == 0, done.stdout.decode()


@case('Options of the window and of the icon are in their manual pages')
def manual(home):
    for program, folder in (('tokenfare-app', 'app'), ('tokenfare-tray', 'tray')):
        told = subprocess.run([f'{BUILD}/src/{folder}/{program}', '--help'], env=home.env(), capture_output=True,
                              check=True, text=True).stdout
        options = set(re.findall(r'^  --([\w-]+)', told.split('Application Options:')[1], re.MULTILINE))
        page = (install() / 'share' / 'man' / 'man1' / f'{program}.1').read_text(encoding='utf-8')
        equal(set(re.findall(r'^\.It Fl -([\w-]+)', page, re.MULTILINE)), options, program)


@case('Installed programs run and find their data')
def programs(home):
    for program in PROGRAMS:
        told = run_there(PREFIX / 'bin' / program, '--version', home=home)
        assert re.match(r'tokenfare[\w-]* \d+\.\d+\.\d+\n', told), told
    models = json.loads(run_there(PREFIX / 'bin' / 'tokenfare', 'pricing', 'list', '--json', home=home))
    assert len(models['models'] if isinstance(models, dict) else models) > 100, 'prices are not found'
    run_there(PREFIX / 'bin' / 'tokenfare', 'report', 'all', home=home)


@case('Installed programs find their translations')
def translated(home):
    # The C locale has no translations, so a real one is made where the system has none.
    made = subprocess.run(['localedef', '--inputfile=de_DE', '--charmap=UTF-8', str(home.path / 'de_DE.UTF-8')],
                          capture_output=True, check=False) if shutil.which('localedef') else None
    if not (home.path / 'de_DE.UTF-8').is_dir():
        raise Skip('no locale can be made here' + (f': {made.stderr.decode()}' if made else ''))
    told = run_there(PREFIX / 'bin' / 'tokenfare', '--help', home=home, LOCPATH=str(home.path), LC_ALL='de_DE.UTF-8')
    assert 'Befehle:' in told, told


run_cases()
